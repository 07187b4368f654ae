"""Facts of a tenant: Intune's managed devices, and what is demanded of them."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class CompliancePolicy(Section, frozen=True, kw_only=True):
    """One device compliance policy."""

    name: Annotated[Fact[str], About("name of the policy, with its id where another has the same")] = NOT_COLLECTED
    platform: Annotated[Fact[Literal["windows", "ios", "android", "macos", "linux"]], About("for which devices")] = (
        NOT_COLLECTED
    )
    assigned_to: Annotated[
        Fact[Literal["everyone", "groups", "nobody"]],
        About("everyone: all users or all devices, without an excluded group"),
    ] = NOT_COLLECTED
    blocked_after_hours: Annotated[
        Fact[int | None],
        About("a device that does not meet it is marked non-compliant after this time; None: never", unit="hours"),
    ] = NOT_COLLECTED
    encryption: Annotated[Fact[bool], About("it demands an encrypted device; iOS encrypts by a passcode")] = (
        NOT_COLLECTED
    )
    minimum_version: Annotated[Fact[str | None], About("oldest version that it accepts; None: any")] = NOT_COLLECTED
    passcode: Annotated[Fact[bool], About("it demands a passcode or password")] = NOT_COLLECTED
    antivirus: Annotated[
        Fact[bool], About("it demands antivirus (Windows), or a threat level of a defence product")
    ] = NOT_COLLECTED
    firewall: Annotated[Fact[bool], About("it demands an active firewall")] = NOT_COLLECTED
    secure_boot: Annotated[Fact[bool], About("it demands secure boot")] = NOT_COLLECTED
    rooted_refused: Annotated[Fact[bool], About("it refuses devices that are jailbroken or rooted")] = NOT_COLLECTED


class CompliancePlatform(Section, frozen=True, kw_only=True):
    """What is demanded of all devices of one platform together: the best of its assigned policies."""

    name: Annotated[Fact[str], About("the platform")] = NOT_COLLECTED
    platform: Annotated[Fact[Literal["windows", "ios", "android", "macos", "linux"]], About("the platform")] = (
        NOT_COLLECTED
    )
    policies: Annotated[Fact[int], About("policies that are assigned")] = NOT_COLLECTED
    encryption: Annotated[
        Fact[Literal["everyone", "groups", "nobody"]], About("of whom an encrypted device is demanded")
    ] = NOT_COLLECTED
    minimum_version: Annotated[
        Fact[Literal["everyone", "groups", "nobody"]], About("of whom a minimum version is demanded")
    ] = NOT_COLLECTED
    passcode: Annotated[
        Fact[Literal["everyone", "groups", "nobody"]], About("of whom a passcode or password is demanded")
    ] = NOT_COLLECTED
    antivirus: Annotated[Fact[Literal["everyone", "groups", "nobody"]], About("of whom antivirus is demanded")] = (
        NOT_COLLECTED
    )
    firewall: Annotated[
        Fact[Literal["everyone", "groups", "nobody"]], About("of whom an active firewall is demanded")
    ] = NOT_COLLECTED
    secure_boot: Annotated[Fact[Literal["everyone", "groups", "nobody"]], About("of whom secure boot is demanded")] = (
        NOT_COLLECTED
    )
    rooted_refused: Annotated[
        Fact[Literal["everyone", "groups", "nobody"]], About("of whom rooted or jailbroken devices are refused")
    ] = NOT_COLLECTED


class Compliance(Section, frozen=True, kw_only=True):
    """Device compliance."""

    policies: Annotated[Fact[list[CompliancePolicy]], About("every compliance policy")] = NOT_COLLECTED
    platforms: Annotated[Fact[list[CompliancePlatform]], About("every platform that has a policy")] = NOT_COLLECTED


class ManagementSettings(Section, frozen=True, kw_only=True):
    """Settings of Intune for the whole tenant."""

    unassigned_non_compliant: Annotated[
        Fact[bool], About("a device without a compliance policy counts as non-compliant")
    ] = NOT_COLLECTED
    silent_days: Annotated[
        Fact[int], About("a device that is silent for this time counts as non-compliant", unit="days")
    ] = NOT_COLLECTED


class ManagedDevice(Section, frozen=True, kw_only=True):
    """One managed device. Named by its Intune id, as a device's own name often holds a person's."""

    name: Annotated[Fact[str], About("id of the device in Intune")] = NOT_COLLECTED
    platform: Annotated[
        Fact[Literal["windows", "ios", "android", "macos", "linux", "other"]], About("its operating system")
    ] = NOT_COLLECTED
    version: Annotated[Fact[str], About("version of its operating system")] = NOT_COLLECTED
    company_owned: Annotated[Fact[bool], About("it belongs to the organisation")] = NOT_COLLECTED
    compliant: Annotated[Fact[bool], About("it meets every policy; a device in its grace period does not yet")] = (
        NOT_COLLECTED
    )
    encrypted: Annotated[Fact[bool], About("its storage is encrypted")] = NOT_COLLECTED
    silent_days: Annotated[Fact[int], About("time since it last spoke with Intune", unit="days")] = NOT_COLLECTED
    registered_as: Annotated[
        Fact[str | None], About("target of the inventory that stands for it; None without one")
    ] = NOT_COLLECTED
    registration: Annotated[Fact[str], About("how that target is known, or why none is")] = NOT_COLLECTED


class EnrolmentRestriction(Section, frozen=True, kw_only=True):
    """Which devices of one platform may be enrolled, by one restriction."""

    name: Annotated[Fact[str], About("name of the restriction and platform")] = NOT_COLLECTED
    platform: Annotated[
        Fact[Literal["windows", "ios", "android", "android_administrator", "macos"]], About("for which devices")
    ] = NOT_COLLECTED
    default: Annotated[Fact[bool], About("it holds for everyone for whom no other restriction does")] = NOT_COLLECTED
    assigned: Annotated[Fact[bool], About("it holds for somebody")] = NOT_COLLECTED
    blocked: Annotated[Fact[bool], About("no device of this platform may be enrolled")] = NOT_COLLECTED
    personal_blocked: Annotated[Fact[bool], About("no personal device of this platform may be enrolled")] = (
        NOT_COLLECTED
    )
    minimum_version: Annotated[Fact[str | None], About("oldest version that may be enrolled; None: any")] = (
        NOT_COLLECTED
    )


class UpdateRing(Section, frozen=True, kw_only=True):
    """One update ring of Windows."""

    name: Annotated[Fact[str], About("name of the ring, with its id where another has the same")] = NOT_COLLECTED
    assigned_to: Annotated[
        Fact[Literal["everyone", "groups", "nobody"]],
        About("everyone: all users or all devices, without an excluded group"),
    ] = NOT_COLLECTED
    quality_deferral_days: Annotated[Fact[int], About("security updates wait for this time", unit="days")] = (
        NOT_COLLECTED
    )
    quality_deadline_days: Annotated[
        Fact[int | None], About("security updates are forced after this time; None: never", unit="days")
    ] = NOT_COLLECTED
    quality_paused: Annotated[Fact[bool], About("security updates are paused")] = NOT_COLLECTED
    feature_paused: Annotated[Fact[bool], About("new versions are paused")] = NOT_COLLECTED
    preview: Annotated[Fact[bool], About("devices get preview builds")] = NOT_COLLECTED


class SecurityPolicy(Section, frozen=True, kw_only=True):
    """One endpoint security policy or security baseline of the settings catalogue."""

    name: Annotated[Fact[str], About("name of the policy, with its id where another has the same")] = NOT_COLLECTED
    family: Annotated[
        Fact[str],
        About(
            "disk_encryption, antivirus, firewall, attack_surface_reduction, endpoint_detection, account_protection, application_control or baseline"
        ),
    ] = NOT_COLLECTED
    assigned_to: Annotated[
        Fact[Literal["everyone", "groups", "nobody"]],
        About("everyone: all users or all devices, without an excluded group"),
    ] = NOT_COLLECTED


class AppProtection(Section, frozen=True, kw_only=True):
    """One app protection policy, for work data on phones and tablets."""

    name: Annotated[Fact[str], About("name and platform of the policy, with its id where another has the same")] = (
        NOT_COLLECTED
    )
    platform: Annotated[Fact[Literal["ios", "android"]], About("for which devices")] = NOT_COLLECTED
    assigned: Annotated[Fact[bool], About("somebody gets it")] = NOT_COLLECTED
    pin: Annotated[Fact[bool], About("apps ask a PIN or biometrics")] = NOT_COLLECTED
    backup_blocked: Annotated[Fact[bool], About("work data is kept out of back-ups of the device")] = NOT_COLLECTED
    transfer_limited: Annotated[Fact[bool], About("work data goes to managed apps only")] = NOT_COLLECTED
    save_as_blocked: Annotated[Fact[bool], About("copies can be saved in managed places only")] = NOT_COLLECTED
    wipe_days: Annotated[
        Fact[int | None], About("work data is wiped after this time without contact; None: never", unit="days")
    ] = NOT_COLLECTED
    minimum_version: Annotated[
        Fact[str | None], About("oldest version of the operating system on which apps open; None: any")
    ] = NOT_COLLECTED
