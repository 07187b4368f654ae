"""Facts of a workplace: encryption, isolation, anti-malware and firewall.

A fact is what counts on the machine, whichever policy or local setting it came from. None: nothing is set, and what
Windows then does depends on more than an image shows.
"""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class WorkplaceDriveEncryption(Section, frozen=True, kw_only=True):
    """BitLocker policy: what the drive will be encrypted with once the image runs."""

    startup_policy: Annotated[Fact[bool | None], About("policy says what is needed at start")] = NOT_COLLECTED
    without_tpm: Annotated[Fact[bool | None], About("encryption without a TPM is allowed")] = NOT_COLLECTED
    startup_pin: Annotated[
        Fact[Literal["forbidden", "required", "allowed"] | None], About("a PIN besides the TPM at start")
    ] = NOT_COLLECTED
    recovery_key_escrowed: Annotated[
        Fact[bool | None], About("encryption starts only after the recovery key is kept in the directory")
    ] = NOT_COLLECTED
    system_drive_method: Annotated[
        Fact[Literal["aes_cbc_128", "aes_cbc_256", "xts_aes_128", "xts_aes_256"]],
        About("how the system drive is encrypted"),
    ] = NOT_COLLECTED
    direct_memory_blocked_while_locked: Annotated[
        Fact[bool | None], About("new devices with direct memory access wait until someone logs on")
    ] = NOT_COLLECTED
    removable_write_needs_encryption: Annotated[
        Fact[bool], About("removable drives can be written only when encrypted")
    ] = NOT_COLLECTED


class WorkplaceIsolation(Section, frozen=True, kw_only=True):
    """What hardware keeps apart: virtualisation-based security, Credential Guard, DMA."""

    virtualisation_based_security: Annotated[
        Fact[bool | None], About("virtualisation-based security is switched on")
    ] = NOT_COLLECTED
    memory_integrity: Annotated[
        Fact[Literal["off", "locked", "unlocked"] | None], About("only signed code runs in the kernel (HVCI)")
    ] = NOT_COLLECTED
    credential_guard: Annotated[
        Fact[Literal["off", "locked", "unlocked"] | None], About("Credential Guard, with or without a UEFI lock")
    ] = NOT_COLLECTED
    platform_features: Annotated[
        Fact[Literal["none", "secure_boot", "secure_boot_and_dma"] | None],
        About("what virtualisation-based security demands of the hardware"),
    ] = NOT_COLLECTED
    incompatible_dma_devices: Annotated[
        Fact[Literal["never", "after_logon", "always"]],
        About("when devices that cannot be kept apart get access to memory"),
    ] = NOT_COLLECTED
    early_launch_drivers: Annotated[
        Fact[Literal["good_unknown", "good_unknown_critical", "all", "good"]],
        About("which drivers start before anti-malware does"),
    ] = NOT_COLLECTED


class WorkplaceDefender(Section, frozen=True, kw_only=True):
    """Microsoft Defender Antivirus."""

    real_time_protection: Annotated[Fact[bool], About("files are scanned when they are used")] = NOT_COLLECTED
    behaviour_monitoring: Annotated[Fact[bool], About("what programs do is watched")] = NOT_COLLECTED
    script_scanning: Annotated[Fact[bool], About("scripts are scanned before they run")] = NOT_COLLECTED
    switched_off: Annotated[Fact[bool], About("the anti-malware program is switched off as a whole")] = NOT_COLLECTED
    unwanted_programs: Annotated[
        Fact[Literal["off", "block", "audit"] | None], About("what happens to unwanted programs")
    ] = NOT_COLLECTED
    cloud_protection: Annotated[
        Fact[Literal["off", "basic", "advanced"] | None], About("what is reported to the cloud so that it can judge")
    ] = NOT_COLLECTED
    cloud_block_level: Annotated[
        Fact[Literal["default", "moderate", "high", "high_plus", "zero_tolerance"]],
        About("how strict the cloud's judgement is"),
    ] = NOT_COLLECTED
    network_protection: Annotated[Fact[Literal["off", "block", "audit"]], About("connections to known bad places")] = (
        NOT_COLLECTED
    )
    local_exclusions_merged: Annotated[Fact[bool], About("administrators of the machine may add exceptions")] = (
        NOT_COLLECTED
    )


class WorkplaceAttackSurface(Section, frozen=True, kw_only=True):
    """Attack surface reduction rules of Microsoft Defender."""

    rules_apply: Annotated[Fact[bool], About("the rules of the policy are switched on as a whole")] = NOT_COLLECTED
    lsass_credential_theft: Annotated[
        Fact[Literal["off", "block", "audit", "warn"]], About("programs that read credentials from LSASS")
    ] = NOT_COLLECTED
    office_child_processes: Annotated[
        Fact[Literal["off", "block", "audit", "warn"]], About("Office programs that start others")
    ] = NOT_COLLECTED
    office_executable_content: Annotated[
        Fact[Literal["off", "block", "audit", "warn"]], About("Office programs that write programs to disk")
    ] = NOT_COLLECTED
    office_code_injection: Annotated[
        Fact[Literal["off", "block", "audit", "warn"]], About("Office programs that put code into others")
    ] = NOT_COLLECTED
    office_macro_api_calls: Annotated[
        Fact[Literal["off", "block", "audit", "warn"]], About("macros that call Windows itself")
    ] = NOT_COLLECTED
    mail_executable_content: Annotated[
        Fact[Literal["off", "block", "audit", "warn"]], About("programs and scripts in mail")
    ] = NOT_COLLECTED
    obfuscated_scripts: Annotated[
        Fact[Literal["off", "block", "audit", "warn"]], About("scripts that hide what they do")
    ] = NOT_COLLECTED
    script_downloads: Annotated[
        Fact[Literal["off", "block", "audit", "warn"]], About("scripts that start what they downloaded")
    ] = NOT_COLLECTED
    ransomware: Annotated[
        Fact[Literal["off", "block", "audit", "warn"]], About("programs that behave like ransomware")
    ] = NOT_COLLECTED
    usb_programs: Annotated[
        Fact[Literal["off", "block", "audit", "warn"]], About("programs on USB drives that nobody vouches for")
    ] = NOT_COLLECTED
    vulnerable_drivers: Annotated[
        Fact[Literal["off", "block", "audit", "warn"]], About("signed drivers with known holes")
    ] = NOT_COLLECTED
    wmi_persistence: Annotated[
        Fact[Literal["off", "block", "audit", "warn"]], About("events of WMI that start programs")
    ] = NOT_COLLECTED
    remote_process_creation: Annotated[
        Fact[Literal["off", "block", "audit", "warn"]], About("programs started over the network with PsExec or WMI")
    ] = NOT_COLLECTED
    reader_child_processes: Annotated[
        Fact[Literal["off", "block", "audit", "warn"]], About("Adobe Reader that starts other programs")
    ] = NOT_COLLECTED


class WorkplaceReputation(Section, frozen=True, kw_only=True):
    """SmartScreen."""

    programs_judged: Annotated[Fact[bool | None], About("unknown programs are judged before they start")] = (
        NOT_COLLECTED
    )
    warnings_final: Annotated[Fact[bool | None], About("whether a user may start a program against the warning")] = (
        NOT_COLLECTED
    )


class WorkplaceFirewallProfile(Section, frozen=True, kw_only=True):
    """The firewall in one kind of network."""

    enabled: Annotated[Fact[bool], About("the firewall is on")] = NOT_COLLECTED
    inbound_default: Annotated[
        Fact[Literal["allow", "block"]], About("what happens to incoming traffic that no rule names")
    ] = NOT_COLLECTED
    dropped_logged: Annotated[Fact[bool], About("packets that are dropped are logged")] = NOT_COLLECTED
    local_rules_apply: Annotated[Fact[bool], About("rules that programs add on the machine itself apply")] = (
        NOT_COLLECTED
    )


class WorkplaceFirewall(Section, frozen=True, kw_only=True):
    """Windows Firewall, per network profile."""

    domain: Annotated[WorkplaceFirewallProfile, About("in domain networks")] = WorkplaceFirewallProfile()
    private: Annotated[WorkplaceFirewallProfile, About("in private networks")] = WorkplaceFirewallProfile()
    public: Annotated[WorkplaceFirewallProfile, About("in public networks")] = WorkplaceFirewallProfile()
