"""Tells, section by section, what the collecting script would have printed of files on a host made from this image."""

from collections.abc import Callable

from baseline.collectors.image.linux.accounts import tell_accounts
from baseline.collectors.image.linux.software import tell_package_count, tell_packages, tell_services
from baseline.collectors.image.linux.telling import Telling
from baseline.collectors.image.reader.file_tree import FileTree, ImageError, Wanted
from baseline.models.facts.host_names import FILES, KERNEL_PARAMETERS

_FOLDERS = ("/etc/{0}", "/run/{0}", "/usr/local/lib/{0}", "/usr/lib/{0}", "/lib/{0}")

WANTED = Wanted(
    (
        "etc/*",
        "usr/etc/*",
        "usr/lib/os-release",
        "usr/lib/pam.d/*",
        "usr/lib/sysctl.d/*",
        "usr/lib/modprobe.d/*",
        "usr/lib/systemd/system/*",
        "usr/lib/systemd/*.conf.d/*",
        "lib/sysctl.d/*",
        "lib/modprobe.d/*",
        "lib/systemd/system/*",
        "var/lib/dpkg/status",
        "boot/grub*/*.cfg",
        "boot/loader/*",
        "root/.ssh/authorized_keys",
        "home/*/.ssh/authorized_keys",
    )
)
"""The files that facts are read from: what has to be kept of an archive."""


def tell(tree: FileTree, mark: str) -> str:
    """The whole answer."""
    telling = Telling(tree, mark)
    telling.say("begin 0")
    for name, section in TOLD.items():
        telling.say("section", name)
        section(telling)
        telling.say("end", name)
    telling.say("finished")
    return telling.text()


def _system(telling: Telling) -> None:
    telling.show("/etc/os-release" if telling.find("/etc/os-release") else "/usr/lib/os-release")


def _kernel_parameters(telling: Telling) -> None:
    telling.say("note order sysctl.d" if telling.find("/usr/lib/systemd/systemd") else "note order sysctl.conf")
    folders = _FOLDERS if not _is_link(telling, "lib") else _FOLDERS[:-1]
    paths = (name.replace(".", "/") for name in KERNEL_PARAMETERS)
    telling.answer("grep /proc/sys", (f"{path}:an image does not run" for path in paths))
    telling.lines(*(folder.format("sysctl.d/*.conf") for folder in folders), "/etc/sysctl.conf")


def _kernel_modules(telling: Telling) -> None:
    folders = _FOLDERS if not _is_link(telling, "lib") else _FOLDERS[:-1]
    telling.lines(*(folder.format("modprobe.d/*.conf") for folder in folders))


def _is_link(telling: Telling, path: str) -> bool:
    entry = telling.tree.entry(path)
    return entry is not None and entry.kind == "link"


def _files(telling: Telling) -> None:
    users, groups = _names(telling, "/etc/passwd"), _names(telling, "/etc/group")
    telling.answer("stat -L -c %n|%U|%G|%a|%s|%F", (_status(telling, path, users, groups) for path in FILES))


def _status(telling: Telling, path: str, users: dict[int, str], groups: dict[int, str]) -> str:
    """One line of stat(1), or its complaint."""
    try:
        entry = telling.look(path)
    except ImageError as error:
        return f"stat: cannot stat '{path}': {error.message.replace(':', ' ')}"
    if entry is None:
        return f"stat: cannot stat '{path}': No such file or directory"
    if entry.mode is None or entry.owner is None or entry.group is None:
        return f"stat: cannot stat '{path}': the image keeps no permissions"
    owner, group = users.get(entry.owner, "UNKNOWN"), groups.get(entry.group, "UNKNOWN")
    kind = {"file": "regular file", "folder": "directory"}.get(entry.kind, "other")
    return f"{path}|{owner}|{group}|{entry.mode:o}|{entry.size}|{kind}"


def _names(telling: Telling, path: str) -> dict[int, str]:
    """Number -> name, from a database of users or groups."""
    content = (telling.content(path) or "") if telling.find(path) else ""
    rows = (line.split(":") for line in content.split("\n"))
    return {int(row[2]): row[0] for row in rows if len(row) > 3 and row[2].isascii() and row[2].isdigit()}


def _password_rules(telling: Telling) -> None:
    names = ("common-auth", "common-password", "system-auth", "password-auth", "passwd", "login", "sshd", "su")
    telling.lines(
        "/usr/etc/login.defs",
        "/etc/login.defs",
        "/etc/security/pwquality.conf",
        "/etc/security/pwquality.conf.d/*.conf",
        "/etc/security/faillock.conf",
        "/etc/security/pwhistory.conf",
        *(f"/usr/lib/pam.d/{name}" for name in ("common-auth", "common-password", "su")),
        *(f"/etc/pam.d/{name}" for name in names),
    )


def _sudo(telling: Telling) -> None:
    if not telling.have("sudo"):
        telling.say("missing sudo")
        return
    main = "/etc/sudoers" if telling.find("/etc/sudoers") else "/usr/etc/sudoers"
    words = [line.split() for line in (telling.content(main) or "").split("\n") if line[:1] in ("#", "@")]
    folders = [f"{pair[1]}/*" for pair in words if len(pair) == 2 and pair[0][1:] == "includedir"]
    files = [pair[1] for pair in words if len(pair) == 2 and pair[0][1:] == "include"]
    telling.lines(main, *folders, *files)


def _ssh_server(telling: Telling) -> None:
    """Settings that stand in the configuration; what is left to the program's own defaults is not known."""
    if not telling.have("sshd"):
        telling.say("missing sshd")
        return
    paths = ["/etc/ssh/sshd_config"]
    settings = list(_effective(telling, paths[0], paths, 0))
    telling.answer("sshd -T", dict.fromkeys(settings))
    telling.lines(*dict.fromkeys(paths))
    for path in telling.expanded("/etc/ssh/*_key.pub"):
        words = (telling.content(path) or "").split()
        if len(words) > 1:
            telling.say("lines")
            telling.answer_lines(f"{path}:1:{words[0]} {words[1]}")


def _effective(telling: Telling, path: str, paths: list[str], depth: int) -> list[str]:
    """Of each keyword the first value before any Match counts (sshd_config(5)); Include is followed where it stands."""
    first: dict[str, str] = {}
    content = (telling.content(path) or "") if telling.find(path) else ""
    for line in content.split("\n"):
        keyword, _, value = line.strip().replace("=", " ", 1).replace("\t", " ").partition(" ")
        folded = keyword.lower()
        if folded == "match":
            break
        if folded == "include" and depth < 4:
            patterns = [word if word.startswith("/") else f"/etc/ssh/{word}" for word in value.split()]
            for included in telling.expanded(*patterns):
                paths.append(included)
                for found in _effective(telling, included, paths, depth + 1):
                    first.setdefault(found.partition(" ")[0], found)
        elif folded and not folded.startswith("#"):
            first.setdefault(folded, f"{folded} {' '.join(value.split())}")
    return list(first.values())


def _logging(telling: Telling) -> None:
    telling.say("note journald installed" if telling.have("journalctl") else "missing journald")
    if telling.find("/var/log/journal"):
        telling.say("note journal /var/log/journal")
    for program in ("rsyslogd", "syslog-ng"):
        if telling.have(program):
            telling.say("note syslog", program)
    telling.lines(
        "/usr/lib/systemd/journald.conf.d/*.conf",
        "/etc/systemd/journald.conf",
        "/etc/systemd/journald.conf.d/*.conf",
        "/etc/systemd/journal-upload.conf",
        "/etc/rsyslog.conf",
        "/etc/rsyslog.d/*.conf",
        "/etc/syslog-ng/syslog-ng.conf",
        "/etc/syslog-ng/conf.d/*.conf",
    )


def _audit(telling: Telling) -> None:
    telling.say("note auditd installed" if telling.have("auditd") else "missing auditd")
    telling.lines("/etc/audit/auditd.conf", "/etc/audit/audit.rules", "/etc/audit/rules.d/*.rules")


def _login_environment(telling: Telling) -> None:
    telling.show("/etc/issue", "/etc/issue.net", "/etc/motd")
    if telling.have("coredumpctl"):
        telling.say("note coredump installed")
    telling.lines(
        "/usr/lib/systemd/coredump.conf.d/*.conf",
        "/etc/systemd/coredump.conf",
        "/etc/systemd/coredump.conf.d/*.conf",
        "/etc/security/limits.conf",
        "/etc/security/limits.d/*.conf",
    )


def _cryptography(telling: Telling) -> None:
    telling.show("/etc/crypto-policies/state/current", "/etc/crypto-policies/config")
    telling.lines(
        "/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf", "/etc/crypto-policies/back-ends/opensslcnf.config"
    )


def _mandatory_access_control(telling: Telling) -> None:
    telling.lines("/etc/selinux/config")


TOLD: dict[str, Callable[[Telling], None]] = {
    "system": _system,
    "kernel_parameters": _kernel_parameters,
    "kernel_modules": _kernel_modules,
    "files": _files,
    "accounts": tell_accounts,
    "password_rules": _password_rules,
    "sudo": _sudo,
    "ssh_server": _ssh_server,
    "services": tell_services,
    "packages": tell_packages,
    "package_count": tell_package_count,
    "logging": _logging,
    "audit": _audit,
    "login_environment": _login_environment,
    "cryptography": _cryptography,
    "mandatory_access_control": _mandatory_access_control,
}
"""The sections of the script whose facts stand in files; the others need a host that runs."""
