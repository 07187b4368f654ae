"""Facts of a Windows workplace or server: read from an image before it is rolled out, or asked of a machine that runs."""

from typing import Annotated

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section
from baseline.models.facts.workplace_exposure import (
    WorkplaceInstallation,
    WorkplaceLogging,
    WorkplaceNetwork,
    WorkplacePrinting,
    WorkplacePrivacy,
    WorkplaceRemoteDesktop,
    WorkplaceRemoteManagement,
    WorkplaceRemovableMedia,
    WorkplaceTls,
    WorkplaceUpdates,
)
from baseline.models.facts.workplace_identity import (
    WorkplaceAdministratorPassword,
    WorkplaceAuthentication,
    WorkplaceElevation,
    WorkplaceLogon,
    WorkplaceSmb,
)
from baseline.models.facts.workplace_protection import (
    WorkplaceAttackSurface,
    WorkplaceDefender,
    WorkplaceDriveEncryption,
    WorkplaceFirewall,
    WorkplaceIsolation,
    WorkplaceReputation,
)
from baseline.models.facts.workplace_running import (
    WorkplaceAntimalware,
    WorkplaceDrive,
    WorkplaceHotfix,
    WorkplaceListener,
    WorkplaceRunning,
)
from baseline.models.facts.workplace_system import (
    WorkplaceAccount,
    WorkplaceAuditedEvent,
    WorkplaceFirewallRule,
    WorkplaceImage,
    WorkplaceLeftover,
    WorkplacePasswordPolicy,
    WorkplaceService,
    WorkplaceSoftware,
    WorkplaceSystem,
    WorkplaceTask,
)


class WorkplaceFacts(Section, frozen=True, kw_only=True):
    """Everything known of one workplace. What only a running machine shows is unknown when an image was read."""

    image: Annotated[WorkplaceImage, About("the image that was read")] = WorkplaceImage()
    system: Annotated[WorkplaceSystem, About("edition and version")] = WorkplaceSystem()
    accounts: Annotated[Fact[list[WorkplaceAccount]], About("local accounts")] = NOT_COLLECTED
    foreign_administrators: Annotated[
        Fact[list[str]], About("SIDs from elsewhere in the local Administrators: of a domain, or of Entra ID")
    ] = NOT_COLLECTED
    password_policy: Annotated[WorkplacePasswordPolicy, About("rules for passwords of local accounts")] = (
        WorkplacePasswordPolicy()
    )
    audit_policy: Annotated[
        Fact[list[WorkplaceAuditedEvent]], About("events that Windows records, each subcategory")
    ] = NOT_COLLECTED
    services: Annotated[Fact[list[WorkplaceService]], About("services, without drivers")] = NOT_COLLECTED
    software: Annotated[Fact[list[WorkplaceSoftware]], About("installed programs, for all users")] = NOT_COLLECTED
    scheduled_tasks: Annotated[Fact[list[WorkplaceTask]], About("scheduled tasks")] = NOT_COLLECTED
    firewall_rules: Annotated[Fact[list[WorkplaceFirewallRule]], About("enabled rules that let traffic in")] = (
        NOT_COLLECTED
    )
    leftovers: Annotated[Fact[list[WorkplaceLeftover]], About("secrets that setting up the image left behind")] = (
        NOT_COLLECTED
    )
    smb: Annotated[WorkplaceSmb, About("file sharing: the SMB server and client")] = WorkplaceSmb()
    authentication: Annotated[WorkplaceAuthentication, About("how logins are proved and what is kept of them")] = (
        WorkplaceAuthentication()
    )
    elevation: Annotated[
        WorkplaceElevation, About("User Account Control: how rights of administrators are asked for")
    ] = WorkplaceElevation()
    logon: Annotated[WorkplaceLogon, About("how people log on, and when the screen locks")] = WorkplaceLogon()
    administrator_password: Annotated[
        WorkplaceAdministratorPassword, About("Windows LAPS: the password of the local administrator")
    ] = WorkplaceAdministratorPassword()
    drive_encryption: Annotated[
        WorkplaceDriveEncryption, About("BitLocker policy: what the drive will be encrypted with once the image runs")
    ] = WorkplaceDriveEncryption()
    isolation: Annotated[
        WorkplaceIsolation, About("what hardware keeps apart: virtualisation-based security, Credential Guard, DMA")
    ] = WorkplaceIsolation()
    defender: Annotated[WorkplaceDefender, About("Microsoft Defender Antivirus")] = WorkplaceDefender()
    attack_surface: Annotated[WorkplaceAttackSurface, About("attack surface reduction rules of Microsoft Defender")] = (
        WorkplaceAttackSurface()
    )
    reputation: Annotated[WorkplaceReputation, About("SmartScreen")] = WorkplaceReputation()
    firewall: Annotated[WorkplaceFirewall, About("Windows Firewall, per network profile")] = WorkplaceFirewall()
    logging: Annotated[WorkplaceLogging, About("event logs, and what PowerShell and new processes leave in them")] = (
        WorkplaceLogging()
    )
    remote_management: Annotated[WorkplaceRemoteManagement, About("WinRM and Remote Assistance")] = (
        WorkplaceRemoteManagement()
    )
    remote_desktop: Annotated[WorkplaceRemoteDesktop, About("Remote Desktop to and from this machine")] = (
        WorkplaceRemoteDesktop()
    )
    network: Annotated[WorkplaceNetwork, About("name resolution and remote procedure calls")] = WorkplaceNetwork()
    printing: Annotated[WorkplacePrinting, About("printers and their drivers")] = WorkplacePrinting()
    installation: Annotated[WorkplaceInstallation, About("who may install what")] = WorkplaceInstallation()
    removable_media: Annotated[WorkplaceRemovableMedia, About("what happens when media are put in")] = (
        WorkplaceRemovableMedia()
    )
    updates: Annotated[WorkplaceUpdates, About("Windows Update")] = WorkplaceUpdates()
    privacy: Annotated[WorkplacePrivacy, About("what leaves the machine by itself")] = WorkplacePrivacy()
    tls: Annotated[WorkplaceTls, About("Schannel: protocols that Windows itself speaks")] = WorkplaceTls()
    running: Annotated[WorkplaceRunning, About("the machine as it runs")] = WorkplaceRunning()
    antimalware: Annotated[WorkplaceAntimalware, About("Microsoft Defender Antivirus, as it runs")] = (
        WorkplaceAntimalware()
    )
    drives: Annotated[Fact[list[WorkplaceDrive]], About("volumes that BitLocker knows of")] = NOT_COLLECTED
    listeners: Annotated[Fact[list[WorkplaceListener]], About("TCP ports on which the machine listens")] = NOT_COLLECTED
    hotfixes: Annotated[Fact[list[WorkplaceHotfix]], About("updates that are installed")] = NOT_COLLECTED
