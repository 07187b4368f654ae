"""The commands in docs/evidence.md work, in their order."""

import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

DOCUMENT = Path(__file__).parents[2] / "docs" / "evidence.md"


@pytest.mark.slow
def test_the_commands_of_the_page_work(filled, pseudonym_key, tmp_path):
    shutil.copy(filled, tmp_path / "store.db")
    with sqlite3.connect(tmp_path / "store.db") as connection:
        connection.execute("DELETE FROM evidence_signature")  # of keys that are not those of this page
    connection.close()
    commands = re.search(r"```sh\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)[1]
    sign = "baseline evidence sign\nbaseline keys public"  # what the next run would do
    program = f"set -e\nbaseline() {{ '{sys.executable}' -m baseline.cli.main \"$@\"; }}\n"
    program += commands.replace("baseline keys public", sign, 1)
    environment = {
        "BASELINE_STORE": str(tmp_path / "store.db"),
        "BASELINE_PSEUDONYM_KEY": str(pseudonym_key),
        "BASELINE_KEYS": str(tmp_path / "keys"),
        "PYTHONPATH": str(DOCUMENT.parents[1]),
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        ["bash", "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("proven") > 10
