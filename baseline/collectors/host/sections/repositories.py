"""Package sources whose packages are not checked by signature."""

from baseline.collectors.host.answer import Answer, Setting
from baseline.models.facts.fact import Fact, Unknown

YES = frozenset({"yes", "true", "1", "on"})


def unsigned_repositories(answer: Answer, manager: str | None) -> Fact[list[str]]:
    """Names or addresses, in the order of the files (sources.list(5), dnf.conf(5), zypper(8))."""
    if manager not in {"apt", "dnf", "yum", "zypper"}:
        return Unknown(f"sources of {manager or 'this host'} are not read yet")
    if refused := answer.unreadable("/etc/"):
        return refused
    if not answer.files_read():
        return Unknown("no file that names package sources could be read")
    if manager == "apt" and not answer.output("apt-config"):
        return Unknown("apt-config gave no answer")
    return _apt(answer) if manager == "apt" else _rpm(answer, "1" if manager == "zypper" else "0")


def _apt(answer: Answer) -> list[str]:
    found: list[str] = []
    address = ""
    for setting in answer.settings("/etc/apt/sources.list"):
        if setting.path.endswith(".sources"):
            key, _, value = setting.text.partition(":")
            if key.strip().lower() == "uris":
                address = value.strip()
            if key.strip().lower() in {"trusted", "allow-insecure"} and value.strip().lower() in YES:
                found.append(address or setting.path)
        elif setting.text.startswith("deb"):
            options = setting.text.partition("[")[2].partition("]")[0].lower().split()
            if {"trusted=yes", "allow-insecure=yes"} & set(options):
                found.append(" ".join(setting.text.partition("]")[2].split()[:2]))
    insecure = ("APT::Get::AllowUnauthenticated", "Acquire::AllowInsecureRepositories")
    for line in answer.output("apt-config"):
        name, _, value = line.text.partition(" ")
        if name in insecure and value.strip('";').lower() in YES:
            found.append(f"all ({name})")
    return list(dict.fromkeys(found))


def _rpm(answer: Answer, main: str) -> list[str]:
    """A section's ``gpgcheck``, else that of the main file, else the default: off in dnf.conf(5), on in zypp.conf."""
    sections: dict[str, dict[str, str]] = {}
    current = ""
    for setting in answer.settings("/etc/"):
        text = setting.text.strip()
        if text.startswith("["):
            current = text.strip("[]")
            continue
        key, equals, value = (part.strip().lower() for part in text.partition("="))
        if not equals:
            continue
        if _is_main(setting):
            main = value if key == "gpgcheck" and current == "main" else main
        else:
            sections.setdefault(current, {})[key] = value
    return [name for name, keys in sections.items() if keys.get("enabled", "1") in YES and not _is_checked(keys, main)]


def _is_main(setting: Setting) -> bool:
    return setting.path in {"/etc/dnf/dnf.conf", "/etc/dnf/automatic.conf", "/etc/yum.conf", "/etc/zypp/zypp.conf"}


def _is_checked(keys: dict[str, str], main: str) -> bool:
    return keys.get("gpgcheck", main) in YES
