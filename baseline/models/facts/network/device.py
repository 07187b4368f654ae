"""Facts about the device itself: what it is, what it runs, and the state of its configuration."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class Device(Section, frozen=True, kw_only=True):
    """The device as a thing with a name and a serial number."""

    hostname: Annotated[Fact[str], About("configured host name, without domain")] = NOT_COLLECTED
    domain: Annotated[Fact[str | None], About("configured domain name; null: none")] = NOT_COLLECTED
    model: Annotated[Fact[str], About("model as the vendor names it")] = NOT_COLLECTED
    serial: Annotated[Fact[str], About("chassis serial number")] = NOT_COLLECTED
    role: Annotated[
        Fact[Literal["router", "switch", "firewall", "other"]], About("what the device is used as, as far as it shows")
    ] = NOT_COLLECTED


class Software(Section, frozen=True, kw_only=True):
    """The software that runs."""

    name: Annotated[Fact[str], About("product, for example Cisco IOS XE or FRRouting")] = NOT_COLLECTED
    version: Annotated[Fact[str], About("version as the vendor writes it")] = NOT_COLLECTED
    version_numbers: Annotated[
        Fact[list[int]], About("the numbers in the version, in order: 15.2(7)E4 gives [15, 2, 7, 4]")
    ] = NOT_COLLECTED
    boot_image: Annotated[Fact[str | None], About("image file that was booted; null: none named")] = NOT_COLLECTED
    uptime_days: Annotated[Fact[int], About("whole days since the last start", unit="days")] = NOT_COLLECTED


class Service(Section, frozen=True, kw_only=True):
    """One network service or protocol of the device."""

    enabled: Annotated[Fact[bool], About("the service runs or answers")] = NOT_COLLECTED


class Configuration(Section, frozen=True, kw_only=True):
    """Who changed the configuration, whether it is saved and whether changes are logged."""

    last_changed_at: Annotated[
        Fact[str | None], About("time of the last change as the device prints it; null: unchanged since start")
    ] = NOT_COLLECTED
    last_changed_by: Annotated[Fact[str | None], About("user of the last change; null: the device names nobody")] = (
        NOT_COLLECTED
    )
    saved_at: Annotated[Fact[str | None], About("time of the last save as the device prints it")] = NOT_COLLECTED
    saved_matches_running: Annotated[
        Fact[bool], About("the saved configuration equals the running one, comments left out")
    ] = NOT_COLLECTED
    change_log_enabled: Annotated[Fact[bool], About("each configuration command is logged with its user")] = (
        NOT_COLLECTED
    )
    change_log_hides_keys: Annotated[Fact[bool], About("the change log leaves secrets out")] = NOT_COLLECTED
    change_log_to_syslog: Annotated[Fact[bool], About("the change log is also sent to syslog")] = NOT_COLLECTED
    archive_configured: Annotated[Fact[bool], About("the device archives its configuration somewhere")] = NOT_COLLECTED
    archive_on_save: Annotated[Fact[bool], About("every save makes an archive copy")] = NOT_COLLECTED
    automatic_download: Annotated[
        Fact[bool], About("the device fetches configuration from the network when starting")
    ] = NOT_COLLECTED


class Certificate(Section, frozen=True, kw_only=True):
    """One X.509 certificate that the device holds."""

    name: Annotated[Fact[str], About("trust point, or subject where there is none")] = NOT_COLLECTED
    kind: Annotated[Fact[Literal["device", "authority"]], About("the device's own, or of an authority")] = NOT_COLLECTED
    subject: Annotated[Fact[str], About("distinguished name of the holder")] = NOT_COLLECTED
    issuer: Annotated[Fact[str], About("distinguished name of the issuer")] = NOT_COLLECTED
    serial: Annotated[Fact[str], About("serial number in hexadecimal")] = NOT_COLLECTED
    self_signed: Annotated[Fact[bool], About("subject and issuer are the same")] = NOT_COLLECTED
    not_before: Annotated[Fact[str], About("start of validity, RFC 3339 in UTC")] = NOT_COLLECTED
    not_after: Annotated[Fact[str], About("end of validity, RFC 3339 in UTC")] = NOT_COLLECTED
    key_bits: Annotated[Fact[int], About("size of the public key", unit="bits")] = NOT_COLLECTED
    signature_hash: Annotated[Fact[str], About("hash of the signature, for example sha256")] = NOT_COLLECTED


class HighAvailability(Section, frozen=True, kw_only=True):
    """A failover pair or cluster."""

    enabled: Annotated[Fact[bool], About("failover is configured")] = NOT_COLLECTED
    peer_ready: Annotated[Fact[bool], About("the other unit can take over now")] = NOT_COLLECTED
    synchronised: Annotated[Fact[bool], About("both units hold the same configuration")] = NOT_COLLECTED
