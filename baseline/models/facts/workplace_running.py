"""Facts that only a running Windows shows; of an image they stay unknown."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class WorkplaceRunning(Section, frozen=True, kw_only=True):
    """The machine as it runs."""

    role: Annotated[
        Fact[Literal["workstation", "server", "domain_controller"]],
        About("what the machine is for", source="Win32_OperatingSystem.ProductType"),
    ] = NOT_COLLECTED
    domain_member: Annotated[Fact[bool], About("member of an Active Directory domain")] = NOT_COLLECTED
    privileged: Annotated[Fact[bool], About("it was asked with the rights of an administrator")] = NOT_COLLECTED
    restart_pending: Annotated[Fact[bool], About("updates that were installed wait for a restart")] = NOT_COLLECTED
    last_update: Annotated[Fact[str | None], About("date of the last update that was installed; None without any")] = (
        NOT_COLLECTED
    )
    update_age_days: Annotated[Fact[int | None], About("age of the last update; None without any", unit="days")] = (
        NOT_COLLECTED
    )


class WorkplaceAntimalware(Section, frozen=True, kw_only=True):
    """Microsoft Defender Antivirus, as it runs."""

    running: Annotated[Fact[bool], About("the engine runs and is not passive beside another product")] = NOT_COLLECTED
    definitions_age_days: Annotated[Fact[int], About("age of its definitions", unit="days")] = NOT_COLLECTED
    tamper_protected: Annotated[Fact[bool], About("programs cannot switch it off")] = NOT_COLLECTED


class WorkplaceDrive(Section, frozen=True, kw_only=True):
    """One volume that BitLocker knows of."""

    name: Annotated[Fact[str], About("drive letter or mount point")] = NOT_COLLECTED
    system: Annotated[Fact[bool], About("Windows starts from it")] = NOT_COLLECTED
    encrypted: Annotated[Fact[bool], About("it is encrypted whole, and the key is protected")] = NOT_COLLECTED
    method: Annotated[Fact[str | None], About("how it is encrypted, as Windows names it; None when it is not")] = (
        NOT_COLLECTED
    )


class WorkplaceListener(Section, frozen=True, kw_only=True):
    """One TCP port on which the machine listens."""

    name: Annotated[Fact[str], About("address and port")] = NOT_COLLECTED
    address: Annotated[Fact[str], About("local address")] = NOT_COLLECTED
    port: Annotated[Fact[int], About("local port")] = NOT_COLLECTED
    program: Annotated[Fact[str | None], About("process behind it; None when Windows does not name it")] = NOT_COLLECTED
    exposed: Annotated[Fact[bool], About("other machines can reach the address")] = NOT_COLLECTED


class WorkplaceHotfix(Section, frozen=True, kw_only=True):
    """One update that is installed."""

    name: Annotated[Fact[str], About("number of the article, such as KB5031364")] = NOT_COLLECTED
    installed: Annotated[Fact[str], About("date on which it was installed")] = NOT_COLLECTED
