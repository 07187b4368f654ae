"""A small Windows as a folder: hives, tasks and files as an installation has them, with names of our own."""

import struct
from collections.abc import Mapping
from pathlib import Path

from baseline.collectors.image.windows.audit_policy import CATEGORIES, LATER_COUNTS
from tests.image.hives import Tree, Values, make_hive

BUILT_IN = {500: ("Administrator", 0x0211), 501: ("Guest", 0x0215), 1001: ("bouwer", 0x0010)}
DOMAIN_SID = "S-1-5-21-1004336348-1177238915-682003330"


def sid_bytes(text: str) -> bytes:
    """A SID in its binary form."""
    _, _, authority, *parts = text.split("-")
    numbers = list(map(int, parts))
    return bytes([1, len(numbers)]) + int(authority).to_bytes(6, "big") + struct.pack(f"<{len(numbers)}I", *numbers)


def account_values(name: str, flags: int) -> Values:
    """The values F and V of a user in the SAM."""
    fixed = bytearray(80)
    struct.pack_into("<H", fixed, 56, flags)
    variable = bytearray(0xCC)
    raw = name.encode("utf-16-le")
    struct.pack_into("<II", variable, 12, 0, len(raw))
    return {"F": bytes(fixed), "V": bytes(variable) + raw}


def policy_value(length: int, history: int, threshold: int, properties: int = 1, locked: int = -9_000_000_000) -> bytes:
    """The value F of the account domain."""
    value = bytearray(104)
    struct.pack_into("<q", value, 48, locked)
    struct.pack_into("<IHHH", value, 76, properties, length, history, threshold)
    return bytes(value)


def sam(
    accounts: Mapping[int, tuple[str, int]] = BUILT_IN,
    members: tuple[str, ...] = (f"{DOMAIN_SID}-500",),
    policy: bytes | None = None,
) -> Tree:
    """The hive SAM."""
    sids = b"".join(map(sid_bytes, members))
    group = struct.pack("<10I", *[0] * 10) + struct.pack("<III", 0, len(sids), len(members))
    domain = {"F": policy or policy_value(14, 24, 10), "V": b"\0" * 64 + sid_bytes(DOMAIN_SID)}
    tree: dict[str, Values] = {"SAM\\Domains\\Account": domain}
    for relative_id, (name, flags) in accounts.items():
        tree[f"SAM\\Domains\\Account\\Users\\{relative_id:08X}"] = account_values(name, flags)
    tree["SAM\\Domains\\Builtin\\Aliases\\00000220"] = {"C": group + sids}
    return tree


def software(extra: Tree | None = None) -> Tree:
    """The hive SOFTWARE of a Windows 11 24H2."""
    version = {
        "ProductName": "Windows 10 Enterprise",
        "EditionID": "Enterprise",
        "DisplayVersion": "24H2",
        "CurrentBuildNumber": "26100",
        "UBR": 4349,
    }
    program = {"DisplayName": "Kantoorpakket", "DisplayVersion": "16.0.1", "Publisher": "Voorbeeld BV"}
    tree: dict[str, Values] = {
        "Microsoft\\Windows NT\\CurrentVersion": version,
        "Microsoft\\Windows\\CurrentVersion\\Setup\\State": {"ImageState": "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE"},
        "Microsoft\\Windows\\CurrentVersion\\Uninstall\\{1}": program,
        "Microsoft\\Windows\\CurrentVersion\\Uninstall\\{2}": {"DisplayName": "Deel", "SystemComponent": 1},
        "WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{3}": {"DisplayName": "Oude viewer"},
    }
    return merged(tree, extra)


def system(extra: Tree | None = None) -> Tree:
    """The hive SYSTEM, of which the second control set starts."""
    services = "ControlSet002\\Services"
    rules = f"{services}\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules"
    allow = "v2.33|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|App=System|Name=RDP|"
    tree: dict[str, Values] = {
        "Select": {"Current": 1, "Default": 2},
        "ControlSet001\\Control\\Lsa": {"LmCompatibilityLevel": 0},
        "ControlSet002\\Control\\Lsa": {},
        f"{services}\\Spooler": {"Type": 0x110, "Start": 2, "ImagePath": "%SystemRoot%\\System32\\spoolsv.exe"},
        f"{services}\\Updater": {
            "Type": 0x10,
            "Start": 3,
            "ImagePath": "C:\\Program Files\\Up Date\\up.exe /token=geheim",
            "ObjectName": "NT AUTHORITY\\LocalService",
        },
        f"{services}\\disk": {"Type": 1, "Start": 0},
        rules: {"RemoteDesktop-In": allow, "Off-In": allow.replace("TRUE", "FALSE")},
    }
    return merged(tree, extra)


def merged(tree: Tree, extra: Tree | None) -> Tree:
    """Keys of both, values of the second over those of the first."""
    both = {key: dict(values) for key, values in tree.items()}
    for key, values in (extra or {}).items():
        both[key] = {**both.get(key, {}), **values}
    return both


TASK = """<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Principals><Principal id="A"><UserId>{user}</UserId><RunLevel>{level}</RunLevel></Principal></Principals>
  <Settings><Enabled>true</Enabled></Settings>
  <Actions><Exec><Command>{command}</Command><Arguments>{arguments}</Arguments></Exec></Actions>
</Task>
"""


def audit_policy(audited: Mapping[str, int], counts: tuple[int, ...] = LATER_COUNTS) -> bytes:
    """The value PolAdtEv: 1 records success, 2 failure, 3 both."""
    values: list[int] = []
    for names, count in zip(CATEGORIES, counts, strict=True):
        values += [audited.get(name, 0) for name in names] + [0] * (count - len(names))
    body = struct.pack(f"<{len(values)}H", *values)
    return (
        struct.pack("<HHHHI", 0x100, 0, len(counts), 0, 12 + len(body))
        + body
        + struct.pack(f"<{len(counts)}H", *counts)
    )


def make_windows(
    root: Path,
    *,
    software_extra: Tree | None = None,
    system_extra: Tree | None = None,
    audited: Mapping[str, int] | None = None,
) -> Path:
    """Write the whole folder."""
    configuration = root / "Windows" / "System32" / "config"
    make_hive(configuration / "SOFTWARE", software(software_extra))
    make_hive(configuration / "SYSTEM", system(system_extra))
    make_hive(configuration / "SAM", sam())
    make_hive(configuration / "SECURITY", {"Policy\\PolAdtEv": {"": (0, audit_policy(audited or {}))}})
    tasks = root / "Windows" / "System32" / "Tasks" / "Beheer"
    tasks.mkdir(parents=True)
    values = {
        "user": "S-1-5-18",
        "level": "LeastPrivilege",
        "command": "C:\\Users\\Public\\opruimen.cmd",
        "arguments": "",
    }
    (tasks / "Opruimen").write_bytes(TASK.format(**values).encode("utf-16"))
    panther = root / "Windows" / "Panther"
    panther.mkdir()
    (panther / "unattend.xml").write_text(
        "<unattend><AutoLogon><Password><Value>R0Ow</Value></Password></AutoLogon></unattend>"
    )
    return root
