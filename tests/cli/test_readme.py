import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from baseline.cli.main import COMMANDS
from baseline.content.checks.folder import load_checks

CHECKOUT = Path(__file__).resolve().parents[2]
README = (CHECKOUT / "README.md").read_text()


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
    counted = Counter()
    for compiled in load_checks().values():
        applies_to = compiled.check.applies_to
        for platform in applies_to.platforms or {"network": ("cisco_ios", "frr"), "host": ("linux",)}[applies_to.kind]:
            counted[platform] += 1
    table = re.search(r"<!-- platforms -->\n(.*?)\n\n", README, re.DOTALL)[1]
    numbers = [int(row.split("|")[3]) for row in table.splitlines()[2:]]
    assert numbers == [counted["cisco_ios"], counted["frr"], counted["linux"]]


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
