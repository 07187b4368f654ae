import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from baseline.cli.main import COMMANDS
from baseline.models.platforms import PLATFORMS
from tests.shipped import shipped_checks

CHECKOUT = Path(__file__).resolve().parents[2]
README = (CHECKOUT / "README.md").read_text()
PLATFORM_OF_TITLE = {
    "Cisco IOS and IOS-XE": "cisco_ios",
    "Cisco NX-OS": "cisco_nxos",
    "Cisco IOS XR": "cisco_iosxr",
    "Arista EOS": "arista_eos",
    "Juniper Junos": "juniper_junos",
    "Fortinet FortiOS": "fortinet_fortios",
    "Palo Alto PAN-OS": "paloalto_panos",
    "HPE Aruba AOS-CX": "aruba_aoscx",
    "FRRouting": "frr",
    "Linux: Debian, Ubuntu, RHEL and kin, SLES": "linux",
    "Windows 10, 11 and Server": "windows",
    "Windows 10 and 11 workplace images": "windows_image",
    "AWS account": "aws",
    "Azure subscriptions of a tenant": "azure",
    "Entra ID, Intune and Microsoft 365": "microsoft365",
}


def test_the_help_in_the_readme_is_what_the_program_says():
    shown = re.search(r"\$ baseline --help\n(.*?)```", README, re.DOTALL)[1]
    said = subprocess.run(
        [sys.executable, "-m", "baseline.cli.main", "--help"],
        env={"COLUMNS": "100", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.replace("python -m baseline.cli.main", "baseline")
    assert shown.strip() == said.strip()


def test_the_numbers_of_checks_in_the_readme_are_right():
    counted = Counter(platform for compiled in shipped_checks().values() for platform in platforms_of(compiled.check))
    table = re.search(r"<!-- platforms -->\n(.*?)\n\n", README, re.DOTALL)[1]
    numbers = {row.split("|")[1].strip(): int(row.split("|")[3]) for row in table.splitlines()[2:]}
    assert {PLATFORM_OF_TITLE[title] for title in numbers} == set(PLATFORMS)
    for title, number in numbers.items():
        assert number == counted[PLATFORM_OF_TITLE[title]], title


def platforms_of(check):
    """The platforms that a check can have a verdict on: those of its kind that it neither leaves out nor excludes."""
    applies_to = check.applies_to
    of_kind = (name for name, kind in PLATFORMS.items() if kind == applies_to.kind)
    named = applies_to.platforms or of_kind
    return [name for name in named if f'target.platform != "{name}"' not in applies_to.when]


@pytest.mark.slow
def test_every_command_has_a_line_of_help_and_can_be_imported():
    for name in COMMANDS:
        said = subprocess.run(
            [sys.executable, "-m", "baseline.cli.main", name, "--help"], capture_output=True, text=True, check=False
        )
        assert said.returncode == 0, said.stderr
        assert "Usage:" in said.stdout


def test_links_in_the_papers_lead_somewhere():
    for paper in (*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md"), *(CHECKOUT / "bench").glob("*.md")):
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", paper.read_text()):
            assert (paper.parent / target).exists(), f"{paper.name} points to {target}"


def test_starting_imports_nothing_heavy():
    code = "import sys, baseline.cli.main; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"asyncssh", "netmiko", "paramiko", "sqlalchemy", "alembic", "google.protobuf", "ansible", "rich.table"}
    assert heavy.isdisjoint(loaded)
