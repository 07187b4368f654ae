"""Facts of a workplace: logging, remote access, network, installation and updates.

A fact is what counts on the machine, whichever policy or local setting it came from. None: nothing is set, and what
Windows then does depends on more than an image shows.
"""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class WorkplaceLogging(Section, frozen=True, kw_only=True):
    """Event logs, and what PowerShell and new processes leave in them."""

    security_log_kilobytes: Annotated[Fact[int], About("size of the security log", unit="KiB")] = NOT_COLLECTED
    application_log_kilobytes: Annotated[Fact[int], About("size of the application log", unit="KiB")] = NOT_COLLECTED
    system_log_kilobytes: Annotated[Fact[int], About("size of the system log", unit="KiB")] = NOT_COLLECTED
    powershell_script_blocks: Annotated[Fact[bool], About("PowerShell logs every script block")] = NOT_COLLECTED
    powershell_modules: Annotated[Fact[bool], About("PowerShell logs which modules run")] = NOT_COLLECTED
    powershell_transcripts: Annotated[Fact[bool], About("PowerShell writes down whole sessions")] = NOT_COLLECTED
    process_command_lines: Annotated[Fact[bool], About("events of new processes hold the command line")] = NOT_COLLECTED


class WorkplaceRemoteManagement(Section, frozen=True, kw_only=True):
    """WinRM and Remote Assistance."""

    service_basic: Annotated[Fact[bool], About("the WinRM service accepts passwords in clear text")] = NOT_COLLECTED
    service_unencrypted: Annotated[Fact[bool], About("the WinRM service accepts traffic without encryption")] = (
        NOT_COLLECTED
    )
    client_basic: Annotated[Fact[bool], About("the WinRM client sends passwords in clear text")] = NOT_COLLECTED
    client_digest: Annotated[Fact[bool], About("the WinRM client uses digest authentication")] = NOT_COLLECTED
    help_offered: Annotated[
        Fact[bool | None], About("others may take over the screen when the user asks (Remote Assistance)")
    ] = NOT_COLLECTED


class WorkplaceRemoteDesktop(Section, frozen=True, kw_only=True):
    """Remote Desktop to and from this machine."""

    allowed: Annotated[Fact[bool], About("others may log on over Remote Desktop")] = NOT_COLLECTED
    network_level_authentication: Annotated[
        Fact[bool], About("who connects proves who he is before a session starts")
    ] = NOT_COLLECTED
    encryption: Annotated[
        Fact[Literal["low", "client_compatible", "high", "fips"]], About("how strongly sessions are encrypted")
    ] = NOT_COLLECTED
    drives_redirected: Annotated[
        Fact[bool], About("drives of the machine at the other end are open in the session")
    ] = NOT_COLLECTED
    passwords_saved: Annotated[Fact[bool], About("the client keeps passwords")] = NOT_COLLECTED


class WorkplaceNetwork(Section, frozen=True, kw_only=True):
    """Name resolution and remote procedure calls."""

    remote_calls_need_login: Annotated[
        Fact[Literal["anyone", "authenticated_except_old", "authenticated"]],
        About("remote procedure calls need a login"),
    ] = NOT_COLLECTED
    link_local_names: Annotated[Fact[bool], About("names are asked of everyone on the link (LLMNR)")] = NOT_COLLECTED
    netbios_node_type: Annotated[
        Fact[Literal["broadcast_only", "server_only", "broadcast_first", "server_first"] | None],
        About("how NetBIOS finds names"),
    ] = NOT_COLLECTED
    source_routing_ipv4: Annotated[
        Fact[Literal["allowed", "not_forwarded", "dropped"] | None],
        About("packets of IPv4 that choose their own route"),
    ] = NOT_COLLECTED
    source_routing_ipv6: Annotated[
        Fact[Literal["allowed", "not_forwarded", "dropped"] | None],
        About("packets of IPv6 that choose their own route"),
    ] = NOT_COLLECTED
    redirects_followed: Annotated[Fact[bool], About("the machine changes its routes when a neighbour says so")] = (
        NOT_COLLECTED
    )


class WorkplacePrinting(Section, frozen=True, kw_only=True):
    """Printers and their drivers."""

    drivers_by_administrators_only: Annotated[Fact[bool], About("only administrators install printer drivers")] = (
        NOT_COLLECTED
    )
    calls_encrypted: Annotated[Fact[bool], About("calls to the print service are encrypted")] = NOT_COLLECTED
    remote_clients: Annotated[Fact[bool | None], About("others may print through this machine")] = NOT_COLLECTED


class WorkplaceInstallation(Section, frozen=True, kw_only=True):
    """Who may install what."""

    always_elevated: Annotated[Fact[bool], About("MSI packages always run with full rights")] = NOT_COLLECTED
    users_control_options: Annotated[Fact[bool], About("users may change options of installations")] = NOT_COLLECTED
    store_consumer_apps: Annotated[Fact[bool], About("Windows installs apps that advertisers chose")] = NOT_COLLECTED


class WorkplaceRemovableMedia(Section, frozen=True, kw_only=True):
    """What happens when media are put in."""

    autoplay_off_drives: Annotated[
        Fact[int], About("NoDriveTypeAutoRun: kinds of drives without AutoPlay, 255 is all")
    ] = NOT_COLLECTED
    autorun_commands: Annotated[
        Fact[Literal["ignored", "run"] | None], About("what happens to commands that a medium brings along")
    ] = NOT_COLLECTED
    phones_autoplay: Annotated[Fact[bool], About("AutoPlay for cameras and phones")] = NOT_COLLECTED


class WorkplaceUpdates(Section, frozen=True, kw_only=True):
    """Windows Update."""

    automatic: Annotated[Fact[bool], About("Windows updates itself")] = NOT_COLLECTED
    quality_deferral_days: Annotated[Fact[int], About("updates wait this long after they appear", unit="days")] = (
        NOT_COLLECTED
    )
    pause_by_user: Annotated[Fact[bool], About("users may pause updates")] = NOT_COLLECTED


class WorkplacePrivacy(Section, frozen=True, kw_only=True):
    """What leaves the machine by itself."""

    diagnostic_data: Annotated[
        Fact[Literal["off", "required", "enhanced", "optional"] | None], About("how much diagnostic data is sent")
    ] = NOT_COLLECTED


class WorkplaceTls(Section, frozen=True, kw_only=True):
    """Schannel: protocols that Windows itself speaks."""

    ssl_3_client: Annotated[Fact[bool], About("SSL 3.0 as client")] = NOT_COLLECTED
    ssl_3_server: Annotated[Fact[bool], About("SSL 3.0 as server")] = NOT_COLLECTED
    tls_1_0_client: Annotated[Fact[bool | None], About("TLS 1.0 as client")] = NOT_COLLECTED
    tls_1_0_server: Annotated[Fact[bool | None], About("TLS 1.0 as server")] = NOT_COLLECTED
    tls_1_1_client: Annotated[Fact[bool | None], About("TLS 1.1 as client")] = NOT_COLLECTED
    tls_1_1_server: Annotated[Fact[bool | None], About("TLS 1.1 as server")] = NOT_COLLECTED
    tls_1_2_client: Annotated[Fact[bool], About("TLS 1.2 as client")] = NOT_COLLECTED
