"""Facts of a Linux host: the same whether it was asked over SSH or its disk image was read."""

from typing import Annotated

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section
from baseline.models.facts.host_access import Group, PasswordRules, SshServer, Sudo, User
from baseline.models.facts.host_certificates import Certificates
from baseline.models.facts.host_protection import (
    Antimalware,
    Audit,
    Backup,
    Containers,
    FileIntegrity,
    Firewall,
    ListeningSocket,
    Logging,
    MandatoryAccessControl,
    Packages,
    ScheduledJob,
    Service,
    TimeSynchronisation,
)
from baseline.models.facts.host_system import (
    Banners,
    Boot,
    CoreDumps,
    Cryptography,
    DiskEncryption,
    File,
    FileSystem,
    KernelModule,
    KernelParameter,
    Mount,
    System,
)


class HostFacts(Section, frozen=True, kw_only=True):
    """Everything known of one Linux host.

    Facts that change by themselves are whole days, so that an unchanged host gives equal facts on the same day.
    """

    system: Annotated[System, About("distribution, kernel, uptime")] = System()
    kernel_parameters: Annotated[
        Fact[dict[str, KernelParameter]], About("the names in host_names.KERNEL_PARAMETERS, always all of them")
    ] = NOT_COLLECTED
    kernel_modules: Annotated[
        Fact[dict[str, KernelModule]], About("the names in host_names.KERNEL_MODULES, always all of them")
    ] = NOT_COLLECTED
    mounts: Annotated[Fact[list[Mount]], About("mounted file systems, by mount point")] = NOT_COLLECTED
    files: Annotated[Fact[dict[str, File]], About("the paths in host_names.FILES, always all of them")] = NOT_COLLECTED
    file_system: Annotated[FileSystem, About("findings of a search over local file systems")] = FileSystem()
    boot: Annotated[Boot, About("boot loader and firmware")] = Boot()
    disk_encryption: Annotated[DiskEncryption, About("encryption of local disks")] = DiskEncryption()
    core_dumps: Annotated[CoreDumps, About("what happens when a program crashes")] = CoreDumps()
    banners: Annotated[Banners, About("texts shown at login")] = Banners()
    cryptography: Annotated[Cryptography, About("system-wide cryptographic settings")] = Cryptography()
    certificates: Annotated[Certificates, About("certificates and private keys of servers")] = Certificates()
    ssh_server: Annotated[SshServer, About("the OpenSSH server")] = SshServer()
    users: Annotated[Fact[list[User]], About("accounts of the local user database")] = NOT_COLLECTED
    groups: Annotated[Fact[list[Group]], About("groups of the local group database")] = NOT_COLLECTED
    password_rules: Annotated[PasswordRules, About("rules for passwords and failed logins")] = PasswordRules()
    sudo: Annotated[Sudo, About("the sudo configuration")] = Sudo()
    services: Annotated[Fact[dict[str, Service]], About("the names in host_names.SERVICES, always all of them")] = (
        NOT_COLLECTED
    )
    running_services: Annotated[Fact[list[str]], About("names of all service units that run now")] = NOT_COLLECTED
    listening_sockets: Annotated[Fact[list[ListeningSocket]], About("TCP and UDP sockets that wait for others")] = (
        NOT_COLLECTED
    )
    packages: Annotated[Packages, About("installed software and its updates")] = Packages()
    time_synchronisation: Annotated[TimeSynchronisation, About("who keeps the clock right")] = TimeSynchronisation()
    logging: Annotated[Logging, About("system logging")] = Logging()
    audit: Annotated[Audit, About("the kernel audit trail")] = Audit()
    firewall: Annotated[Firewall, About("the packet filter of the host itself")] = Firewall()
    mandatory_access_control: Annotated[MandatoryAccessControl, About("AppArmor or SELinux")] = MandatoryAccessControl()
    file_integrity: Annotated[FileIntegrity, About("watching for changed files")] = FileIntegrity()
    antimalware: Annotated[Antimalware, About("protection against malware")] = Antimalware()
    scheduled_jobs: Annotated[Fact[list[ScheduledJob]], About("cron lines and timers")] = NOT_COLLECTED
    containers: Annotated[Containers, About("containers on the host")] = Containers()
    backup: Annotated[Backup, About("backup software on the host")] = Backup()
