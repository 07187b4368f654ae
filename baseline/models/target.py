"""Targets: what is checked, where it is and whose it is."""

from typing import Literal

import msgspec

from baseline.models.cloud import AwsAccess, MicrosoftAccess

Kind = Literal["network", "host", "workplace", "aws", "azure", "m365", "web"]
Exposure = Literal["internet", "internal"]
Level = Literal["low", "medium", "high"]
Parsers = Literal["own", "genie"]


class Classification(msgspec.Struct, frozen=True, kw_only=True):
    """BIV classification (beschikbaarheid, integriteit, vertrouwelijkheid; BIO2 measure 5.12.01). None: not classified."""

    availability: Level | None = None
    integrity: Level | None = None
    confidentiality: Level | None = None


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """How to authenticate. Secrets are never stored here: ``password_*`` say where to find one when connecting.

    ``password_variable`` names an inventory variable encrypted with ansible-vault, ``password_environment`` an
    environment variable, ``password_command`` a command whose first output line is the secret. With none of them, keys
    are used: ``key_file``, else ssh-agent and the default key files. ``enable_*`` are the same for a device's
    privileged mode.
    """

    user: str | None = None
    key_file: str | None = None
    password_variable: str | None = None
    password_environment: str | None = None
    password_command: tuple[str, ...] = ()
    enable_variable: str | None = None
    enable_environment: str | None = None
    enable_command: tuple[str, ...] = ()


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """How to reach a target. ``transport`` is ``ssh`` (native client), ``netmiko``, ``winrm``, ``local``, ``api`` (a cloud), or ``files`` and ``image`` (nothing is asked)."""

    transport: Literal["ssh", "netmiko", "winrm", "local", "files", "image", "api"] = "ssh"
    address: str = ""
    port: int = 22
    credentials: Credentials = Credentials()
    become: bool = False
    """Ask ``sudo -n`` for what an ordinary user cannot see."""
    legacy_algorithms: bool = False
    """Accept SHA-1 and CBC on the wire, for a device that has nothing better; that is then itself a finding."""
    authentication: Literal["negotiate", "kerberos", "ntlm", "basic"] = "negotiate"
    """Over ``winrm``: how a user is proved. Always within TLS."""
    certificate_authority: str = ""
    """Over ``winrm``: file with the certificates that the server's must come from; empty: those that Python trusts."""
    folder: str = ""
    """Over ``files``: the folder with what devices said before."""
    files: tuple[str, ...] = ()
    """Over ``files``: this target's files, as paths below ``folder``."""
    image: str = ""
    """Over ``image``: the path of the image."""
    image_index: int | None = None
    """Over ``image``: which of the images in a WIM archive, 1-based; None when it holds only one."""
    aws: AwsAccess | None = None
    """Over ``api``: which AWS account, and as whom."""
    microsoft: MicrosoftAccess | None = None
    """Over ``api``: which Azure or Microsoft 365 tenant, and as whom."""


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is checked.

    ``name`` is the inventory host name, unique within a store. ``platform`` is one of ``baseline.models.platforms``.
    ``params`` overrides check parameters: ``{"<check id>": {"<parameter>": value}}``. ``remediate`` holds what lines that
    repair need to be told, such as an address: name -> value. ``parsers`` says whether only
    baseline's own parsers read a network device's answers, or Genie's fill what those leave. ``excluded`` holds the
    reason why a target is left out of runs, or None.
    """

    name: str
    kind: Kind
    platform: str
    connection: Connection = Connection()
    groups: tuple[str, ...] = ()
    site: str | None = None
    zone: str | None = None
    owner: str | None = None
    exposure: Exposure | None = None
    classification: Classification = Classification()
    tags: tuple[str, ...] = ()
    params: dict[str, dict[str, object]] = {}
    remediate: dict[str, object] = {}
    parsers: Parsers = "own"
    excluded: str | None = None
