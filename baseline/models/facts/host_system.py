"""Facts of a host's system: distribution, kernel, mounts, well-known files, boot, encryption."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class System(Section, frozen=True, kw_only=True):
    """What the host is and how much of it the collector was allowed to see."""

    hostname: Annotated[Fact[str], About("host name as the kernel knows it")] = NOT_COLLECTED
    distribution: Annotated[
        Fact[str], About("ID of os-release: debian, ubuntu, rhel, sles", source="os-release(5)")
    ] = NOT_COLLECTED
    distribution_version: Annotated[
        Fact[str | None], About("VERSION_ID of os-release; None for rolling releases", source="os-release(5)")
    ] = NOT_COLLECTED
    distribution_like: Annotated[Fact[list[str]], About("ID_LIKE of os-release", source="os-release(5)")] = (
        NOT_COLLECTED
    )
    distribution_title: Annotated[Fact[str], About("PRETTY_NAME of os-release", source="os-release(5)")] = NOT_COLLECTED
    end_of_support: Annotated[
        Fact[str], About("ISO date on which the vendor's free or included security support ends")
    ] = NOT_COLLECTED
    support_days_left: Annotated[
        Fact[int], About("days until end_of_support when collected; negative when it is past", unit="days")
    ] = NOT_COLLECTED
    kernel: Annotated[Fact[str], About("running kernel release, as uname -r")] = NOT_COLLECTED
    architecture: Annotated[Fact[str], About("machine, as uname -m")] = NOT_COLLECTED
    virtualisation: Annotated[
        Fact[str | None],
        About("kvm, vmware, lxc, docker ...; None on bare metal", source="systemd-detect-virt(1)"),
    ] = NOT_COLLECTED
    container: Annotated[Fact[bool], About("the host is a container, so kernel and clock are another's")] = (
        NOT_COLLECTED
    )
    init: Annotated[Fact[str], About("name of process 1: systemd, init, busybox ...")] = NOT_COLLECTED
    booted_epoch_seconds: Annotated[Fact[int], About("when the kernel started", unit="seconds since 1970")] = (
        NOT_COLLECTED
    )
    uptime_days: Annotated[Fact[int], About("whole days since the kernel started", unit="days")] = NOT_COLLECTED
    privileged: Annotated[Fact[bool], About("the collector saw the host as root")] = NOT_COLLECTED


class KernelParameter(Section, frozen=True, kw_only=True):
    """One sysctl: what the kernel uses now and what the files set at boot."""

    running: Annotated[
        Fact[str | None], About("value in the running kernel; None when this kernel has no such parameter")
    ] = NOT_COLLECTED
    configured: Annotated[
        Fact[str | None], About("value that sysctl.d sets at boot; None when no file sets it", source="sysctl.d(5)")
    ] = NOT_COLLECTED


class KernelModule(Section, frozen=True, kw_only=True):
    """One kernel module and whether it can be loaded."""

    loaded: Annotated[Fact[bool], About("in the running kernel, built-in included")] = NOT_COLLECTED
    disabled: Annotated[
        Fact[bool], About("modprobe.d replaces loading it by /bin/true or /bin/false", source="modprobe.d(5)")
    ] = NOT_COLLECTED
    blacklisted: Annotated[
        Fact[bool], About("modprobe.d keeps it from loading by alias only", source="modprobe.d(5)")
    ] = NOT_COLLECTED


class Mount(Section, frozen=True, kw_only=True):
    """One mounted file system. Those of containers, login sessions and snaps are left out: they come and go."""

    name: Annotated[str, About("mount point")]
    source: Annotated[Fact[str], About("device, share or pseudo file system")] = NOT_COLLECTED
    type: Annotated[Fact[str], About("file system type: ext4, xfs, tmpfs, nfs4 ...")] = NOT_COLLECTED
    options: Annotated[Fact[list[str]], About("options in force, each as name or name=value")] = NOT_COLLECTED
    configured: Annotated[Fact[bool], About("/etc/fstab names it", source="fstab(5)")] = NOT_COLLECTED
    configured_options: Annotated[
        Fact[list[str]], About("options in /etc/fstab; empty when it is not there", source="fstab(5)")
    ] = NOT_COLLECTED


class File(Section, frozen=True, kw_only=True):
    """Owner and permissions of one file or directory (a link is followed)."""

    exists: Annotated[Fact[bool], About("the path leads to something")] = NOT_COLLECTED
    owner: Annotated[Fact[str | None], About("owner's name; None when the file does not exist")] = NOT_COLLECTED
    group: Annotated[Fact[str | None], About("group's name; None when the file does not exist")] = NOT_COLLECTED
    mode: Annotated[
        Fact[str | None], About("permissions as four octal digits, 0640; None when the file does not exist")
    ] = NOT_COLLECTED
    group_readable: Annotated[Fact[bool], About("the group may read; false when it does not exist")] = NOT_COLLECTED
    group_writable: Annotated[Fact[bool], About("the group may write; false when it does not exist")] = NOT_COLLECTED
    other_readable: Annotated[Fact[bool], About("everyone may read; false when it does not exist")] = NOT_COLLECTED
    other_writable: Annotated[Fact[bool], About("everyone may write; false when it does not exist")] = NOT_COLLECTED
    size_bytes: Annotated[Fact[int | None], About("size; None unless it is a regular file", unit="bytes")] = (
        NOT_COLLECTED
    )


class FileSystem(Section, frozen=True, kw_only=True):
    """What a search of the local file systems found."""

    world_writable_files: Annotated[Fact[list[str]], About("regular files that everyone may write")] = NOT_COLLECTED
    world_writable_directories: Annotated[
        Fact[list[str]], About("directories that everyone may write, without the sticky bit")
    ] = NOT_COLLECTED
    unowned: Annotated[Fact[list[str]], About("paths whose owner or group has no name")] = NOT_COLLECTED
    set_id_files: Annotated[Fact[list[str]], About("set-uid and set-gid programs")] = NOT_COLLECTED
    set_id_files_outside_packages: Annotated[
        Fact[list[str]], About("set-uid and set-gid programs that no package owns")
    ] = NOT_COLLECTED


class Boot(Section, frozen=True, kw_only=True):
    """Boot loader and firmware."""

    loader: Annotated[Fact[str | None], About("grub2, systemd-boot, zipl ...; None in a container")] = NOT_COLLECTED
    password: Annotated[Fact[bool], About("the boot loader asks a password before entries are edited")] = NOT_COLLECTED
    uefi: Annotated[Fact[bool], About("started by UEFI firmware")] = NOT_COLLECTED
    secure_boot: Annotated[Fact[bool], About("UEFI Secure Boot is on")] = NOT_COLLECTED
    kernel_arguments: Annotated[Fact[list[str]], About("kernel command line, values of secrets left out")] = (
        NOT_COLLECTED
    )


class EncryptedDevice(Section, frozen=True, kw_only=True):
    """One block device that is encrypted."""

    name: Annotated[str, About("name of the opened device, for example dm-0 or its mapper name")]
    type: Annotated[Fact[str], About("LUKS1, LUKS2, PLAIN ...")] = NOT_COLLECTED


class DiskEncryption(Section, frozen=True, kw_only=True):
    """Encryption of local disks."""

    root_encrypted: Annotated[Fact[bool], About("the root file system lies on an encrypted device")] = NOT_COLLECTED
    swap_encrypted: Annotated[Fact[bool], About("every swap area is encrypted or in memory; true without swap")] = (
        NOT_COLLECTED
    )
    devices: Annotated[Fact[list[EncryptedDevice]], About("encrypted devices that are open")] = NOT_COLLECTED


class CoreDumps(Section, frozen=True, kw_only=True):
    """What happens when a program crashes."""

    pattern: Annotated[Fact[str | None], About("kernel.core_pattern", source="core(5)")] = NOT_COLLECTED
    storage: Annotated[
        Fact[Literal["none", "external", "journal"] | None],
        About("Storage= of systemd-coredump; None when it is not used", source="coredump.conf(5)"),
    ] = NOT_COLLECTED
    limited_to_zero: Annotated[
        Fact[bool], About("limits.conf sets the hard limit of core to 0 for everyone", source="limits.conf(5)")
    ] = NOT_COLLECTED


class Banners(Section, frozen=True, kw_only=True):
    """Texts shown before and after logging in."""

    issue: Annotated[Fact[str | None], About("/etc/issue; None when it does not exist")] = NOT_COLLECTED
    issue_net: Annotated[Fact[str | None], About("/etc/issue.net; None when it does not exist")] = NOT_COLLECTED
    motd: Annotated[Fact[str | None], About("/etc/motd; None when it does not exist")] = NOT_COLLECTED
    discloses_system: Annotated[
        Fact[bool], About("issue or issue.net names the distribution, kernel or machine", source="agetty(8)")
    ] = NOT_COLLECTED


class Cryptography(Section, frozen=True, kw_only=True):
    """System-wide cryptographic settings."""

    policy: Annotated[
        Fact[str | None],
        About("DEFAULT, FUTURE, LEGACY, FIPS ...; None where there is no system policy", source="crypto-policies(7)"),
    ] = NOT_COLLECTED
    fips_enabled: Annotated[Fact[bool], About("the kernel runs in FIPS mode")] = NOT_COLLECTED
    openssl_version: Annotated[Fact[str | None], About("version of the openssl program; None without it")] = (
        NOT_COLLECTED
    )
    openssl_minimum_protocol: Annotated[
        Fact[str | None], About("MinProtocol of openssl.cnf; None when not set", source="SSL_CONF_cmd(3)")
    ] = NOT_COLLECTED
    openssl_security_level: Annotated[
        Fact[int | None],
        About(
            "SECLEVEL in the cipher string of openssl.cnf; None when not set", source="SSL_CTX_set_security_level(3)"
        ),
    ] = NOT_COLLECTED
