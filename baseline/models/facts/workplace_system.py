"""Facts of a workplace: the image itself, the system in it, and what is installed and left behind there."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class WorkplaceImage(Section, frozen=True, kw_only=True):
    """The image that the facts were read from."""

    sha256: Annotated[
        Fact[str | None], About("SHA-256 of the image file; None for a folder, which has no such identity")
    ] = NOT_COLLECTED
    format: Annotated[
        Fact[Literal["raw", "qcow2", "vhd", "vhdx", "vmdk", "wim", "tar", "directory"]], About("what the image is")
    ] = NOT_COLLECTED
    file_system: Annotated[Fact[str], About("file system or archive that holds the system")] = NOT_COLLECTED
    volume: Annotated[Fact[str | None], About("partition or image in which the system was found")] = NOT_COLLECTED


class WorkplaceSystem(Section, frozen=True, kw_only=True):
    """The Windows in the image."""

    product: Annotated[Fact[str], About("product name, as Windows states it")] = NOT_COLLECTED
    edition: Annotated[Fact[str], About("edition id: Professional, Enterprise, EnterpriseS ...")] = NOT_COLLECTED
    version: Annotated[Fact[str | None], About("version for people, such as 24H2")] = NOT_COLLECTED
    build: Annotated[Fact[int], About("build number, such as 26100")] = NOT_COLLECTED
    revision: Annotated[Fact[int], About("update revision of the build")] = NOT_COLLECTED
    generalised: Annotated[
        Fact[bool], About("prepared by sysprep to be rolled out: each copy gets its own identity")
    ] = NOT_COLLECTED


class WorkplaceAccount(Section, frozen=True, kw_only=True):
    """One local account."""

    name: Annotated[Fact[str], About("account name")] = NOT_COLLECTED
    relative_id: Annotated[
        Fact[int], About("last part of its SID: 500 is the built-in administrator, 501 the guest")
    ] = NOT_COLLECTED
    enabled: Annotated[Fact[bool], About("the account may log on")] = NOT_COLLECTED
    password_required: Annotated[Fact[bool], About("a password is demanded")] = NOT_COLLECTED
    password_expires: Annotated[Fact[bool], About("the password has to be renewed")] = NOT_COLLECTED
    administrator: Annotated[Fact[bool], About("member of the local Administrators")] = NOT_COLLECTED


class WorkplacePasswordPolicy(Section, frozen=True, kw_only=True):
    """Rules for passwords of local accounts."""

    minimum_length: Annotated[Fact[int], About("characters that a password has at least", unit="characters")] = (
        NOT_COLLECTED
    )
    history: Annotated[Fact[int], About("earlier passwords that may not be used again")] = NOT_COLLECTED
    complexity: Annotated[Fact[bool], About("several kinds of characters are demanded")] = NOT_COLLECTED
    reversible: Annotated[Fact[bool], About("passwords are stored so that they can be read")] = NOT_COLLECTED
    lockout_threshold: Annotated[Fact[int], About("wrong passwords that lock an account; 0 is never")] = NOT_COLLECTED
    lockout_seconds: Annotated[
        Fact[int | None],
        About("how long an account stays locked; None: until an administrator frees it", unit="seconds"),
    ] = NOT_COLLECTED


class WorkplaceAuditedEvent(Section, frozen=True, kw_only=True):
    """One kind of event that the audit policy decides about."""

    name: Annotated[Fact[str], About("subcategory, as auditpol calls it")] = NOT_COLLECTED
    success: Annotated[Fact[bool], About("recorded when it succeeds")] = NOT_COLLECTED
    failure: Annotated[Fact[bool], About("recorded when it fails")] = NOT_COLLECTED


class WorkplaceService(Section, frozen=True, kw_only=True):
    """One service of Windows; drivers are left out."""

    name: Annotated[Fact[str], About("name of the service")] = NOT_COLLECTED
    start: Annotated[Fact[Literal["boot", "system", "automatic", "manual", "disabled"]], About("how it starts")] = (
        NOT_COLLECTED
    )
    account: Annotated[Fact[str], About("account that it runs as")] = NOT_COLLECTED
    command: Annotated[Fact[str], About("what is run")] = NOT_COLLECTED
    path_quoted: Annotated[
        Fact[bool], About("the path to the program holds no space, or stands in quotes", source="CWE-428")
    ] = NOT_COLLECTED


class WorkplaceSoftware(Section, frozen=True, kw_only=True):
    """One installed program, as it can be uninstalled."""

    name: Annotated[Fact[str], About("name for people")] = NOT_COLLECTED
    version: Annotated[Fact[str | None], About("version")] = NOT_COLLECTED
    publisher: Annotated[Fact[str | None], About("maker, as the program states it")] = NOT_COLLECTED


class WorkplaceTask(Section, frozen=True, kw_only=True):
    """One scheduled task."""

    name: Annotated[Fact[str], About("path of the task")] = NOT_COLLECTED
    enabled: Annotated[Fact[bool], About("the task is on")] = NOT_COLLECTED
    account: Annotated[Fact[str | None], About("account or group that it runs as")] = NOT_COLLECTED
    privileged: Annotated[Fact[bool], About("it runs as the system, or with the highest rights of its account")] = (
        NOT_COLLECTED
    )
    commands: Annotated[Fact[list[str]], About("programs that it starts")] = NOT_COLLECTED
    user_writable: Annotated[Fact[bool], About("it starts something in a folder that ordinary users may write to")] = (
        NOT_COLLECTED
    )


class WorkplaceFirewallRule(Section, frozen=True, kw_only=True):
    """One enabled firewall rule that lets traffic in."""

    name: Annotated[Fact[str], About("id of the rule")] = NOT_COLLECTED
    title: Annotated[Fact[str], About("name for people, or where Windows finds it")] = NOT_COLLECTED
    profiles: Annotated[Fact[list[str]], About("networks in which it applies: domain, private, public")] = NOT_COLLECTED
    protocol: Annotated[Fact[str], About("protocol: tcp, udp, any or its number")] = NOT_COLLECTED
    ports: Annotated[Fact[list[str]], About("local ports; empty is every port")] = NOT_COLLECTED
    program: Annotated[Fact[str | None], About("program or service that it is limited to")] = NOT_COLLECTED
    remote_desktop: Annotated[Fact[bool], About("port 3389, of Remote Desktop, is among its ports")] = NOT_COLLECTED
    from_anywhere: Annotated[Fact[bool], About("remote addresses are not limited")] = NOT_COLLECTED


class WorkplaceLeftover(Section, frozen=True, kw_only=True):
    """A secret that setting up the image left behind. The secret itself is never kept."""

    name: Annotated[Fact[str], About("file or registry value that holds it")] = NOT_COLLECTED
    kind: Annotated[
        Fact[
            Literal[
                "answer_file", "automatic_logon", "policy_preference", "deployment_share", "wireless_key", "key_file"
            ]
        ],
        About("what it is"),
    ] = NOT_COLLECTED
