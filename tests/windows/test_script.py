"""The script as text. No PowerShell was at hand to run it: what can be seen without one is held here."""

import re
import subprocess
import sys
from pathlib import Path

import baseline.collectors.windows
from baseline.collectors.image.windows import leftovers
from baseline.collectors.image.windows.settings import all_settings
from baseline.collectors.windows.script import PARTS, PATTERNS, command, compose, new_mark, places, wanted_parts
from baseline.models.facts.workplace import WorkplaceFacts

FOLDER = Path(baseline.collectors.windows.__file__).parent
SCRIPT = (FOLDER / "script.ps1").read_text("ascii")
CODE = re.sub(r"'[^'\n]*'", "''", re.sub(r"(?m)^\s*#.*$", "", SCRIPT))
READS = {
    "ConvertTo-Json",
    "ForEach-Object",
    "Get-BitLockerVolume",
    "Get-CimInstance",
    "Get-MpComputerStatus",
    "Get-MpPreference",
    "Get-NetFirewallProfile",
    "Get-NetTCPConnection",
    "Get-Process",
    "Get-ScheduledTask",
    "Get-Service",
    "Get-SmbClientConfiguration",
    "Get-SmbServerConfiguration",
    "New-Object",
    "Remove-TypeData",
    "Select-Object",
}
"""Cmdlets that the script may use; Remove-TypeData concerns its own session only."""


def test_only_cmdlets_that_read_are_used():
    own = set(re.findall(r"(?m)^function ([\w-]+)", SCRIPT))
    assert set(re.findall(r"\b[A-Z][a-zA-Z]+-[A-Z]\w+", CODE)) - own == READS


def test_no_method_that_writes_starts_or_waits_is_called():
    called = set(re.findall(r"(?:\.|::)([A-Za-z]\w*)\(", CODE))
    assert called <= {
        "AddDays", "Close", "Contains", "EnumerateFiles", "Exists", "GetBaseException", "GetCurrent", "GetSubKeyNames",
        "GetType", "GetValue", "GetValueKind", "GetValueNames", "Invoke", "InvokeMember", "IsInRole", "IsMatch", "Join",
        "Matches", "OpenBaseKey", "OpenSubKey", "ReadAllText", "Replace", "Split", "StartNew", "Substring", "ToLowerInvariant",
        "Translate", "Trim", "TrimStart",
    }  # fmt: skip
    assert "OpenSubKey($path, $true" not in SCRIPT, "keys are opened to read"
    assert re.findall(r"Invoke\('\w+'\)|InvokeMember\('\w+', '\w+'", SCRIPT) == [
        "Invoke('Members')",
        "InvokeMember('objectSid', 'GetProperty'",
    ]


def test_nothing_of_powershell_7_and_no_alias_is_used():
    for later in ("??", "?.", "&&", "||", "-Parallel", " -AsHashtable", "ternary", "-shl", "clean {"):
        assert later not in CODE, later
    assert not re.search(r"(?<![\w$.@-])(?:%|\?|gci|gwmi|iex|iwr|irm|select|where|sort|ni|sc|rm|del|saps)\s", CODE)


def test_brackets_and_quotes_are_balanced():
    stack = []
    for character in re.sub(r'"[^"\n]*"', '""', CODE):
        if character in "({[":
            stack.append(character)
        elif character in ")}]":
            assert stack
            assert stack.pop() + character in ("()", "{}", "[]")
    assert not stack
    assert all(line.count("'") % 2 == 0 for line in SCRIPT.splitlines() if not line.lstrip().startswith("#"))


def test_every_part_of_the_script_has_a_place_in_the_answer_and_supplies_facts_that_exist():
    assert set(re.findall(r"(?m)^Read-Part '(\w+)'", SCRIPT)) == {"registry", *PARTS}
    assert {fact for supplies in PARTS.values() for fact in supplies} <= set(WorkplaceFacts.__struct_fields__)


def test_every_place_of_every_setting_is_asked_for():
    asked = {f"{key}:{name}".casefold() for key, names in places().items() for name in names}
    assert {place.at.casefold() for setting in all_settings().values() for place in setting.places} <= asked
    assert not any("'" in text or "|" in text or "\n" in text for text in asked)


def test_passwords_are_looked_for_as_in_images():
    for kind, patterns in PATTERNS.items():
        assert tuple(pattern.encode() for pattern in patterns) == tuple(
            found.pattern for found in leftovers._PATTERNS[kind]
        )


def test_the_script_is_ascii_and_its_command_fits_the_shortest_command_line_of_windows():
    script = compose(frozenset(), new_mark())
    assert script.isascii()
    assert len(script) < 40_000
    assert len(command()) < 8191
    assert re.fullmatch(
        r"powershell\.exe -NoLogo -NoProfile -NonInteractive -EncodedCommand [A-Za-z0-9+/=]+", command()
    )


def test_a_need_asks_for_its_own_parts_only():
    assert wanted_parts(frozenset({"smb.guest_logon"})) == ("registry", "smb")
    assert wanted_parts(frozenset({"firewall.public.enabled"})) == ("registry", "states", "firewall")
    assert set(wanted_parts(frozenset())) == {"registry", *PARTS}


def test_marks_are_never_the_same():
    assert len({new_mark() for _ in range(100)}) == 100


def test_only_one_module_sends_anything_and_it_takes_no_text_of_others():
    senders = {
        path.name
        for path in FOLDER.glob("*.py")
        if re.search(r"\bexecute\(|\brun_script\(|add_script\(|create_session\(", path.read_text())
    }
    assert senders == {"sending.py", "winrm.py"}
    assert re.findall(r"run_script, target, (\S+\(\S+ \S+\))", (FOLDER / "sending.py").read_text()) == [
        "compose(needs, mark)"
    ]
    callers = [
        path
        for path in FOLDER.parents[1].rglob("*.py")
        if path.name != "winrm.py" and "run_script" in path.read_text() and "windows" in path.read_text()
    ]
    assert [path.name for path in callers] == ["sending.py"]


def test_the_program_starts_without_pypsrp_and_dissect():
    code = (
        "import sys, baseline.cli.main, baseline.collectors.windows.collector, baseline.collectors.windows.winrm\n"
        "sys.exit(any(name.split('.')[0] in ('pypsrp', 'requests', 'dissect', 'asyncssh') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
