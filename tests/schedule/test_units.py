"""The systemd units are right by systemd's own judgement."""

import shutil
import subprocess
from pathlib import Path

import pytest

UNITS = Path(__file__).parents[2] / "exporters" / "systemd"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")
def test_systemd_accepts_every_unit(tmp_path):
    for unit in UNITS.iterdir():
        text = unit.read_text().replace("/opt/baseline/bin/baseline", "/bin/true")
        (tmp_path / unit.name).write_text(text)
    units = sorted(str(path) for path in tmp_path.iterdir())
    assert len(units) == 3
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *units],
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )
    complaints = [line for line in verified.stderr.splitlines() if "baseline-" in line]
    assert complaints == []


@pytest.mark.parametrize("unit", sorted(UNITS.glob("*.service")), ids=lambda path: path.name)
def test_a_service_cannot_write_but_where_the_store_is(unit):
    settings = dict(line.split("=", 1) for line in unit.read_text().splitlines() if "=" in line)
    assert settings["ProtectSystem"] == "strict"
    assert settings["StateDirectory"] == "baseline"
    assert settings["CapabilityBoundingSet"] == ""
    assert settings["User"] == "baseline"
