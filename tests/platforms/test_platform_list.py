"""What docs/platforms.md says of each platform is what the program does."""

import runpy
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_list_of_platforms_is_that_of_the_program():
    program = runpy.run_path(str(DOCS / "platform_list.py"))
    document = (DOCS / "platforms.md").read_text("utf-8")
    same = program["renewed"](document) == document
    assert same, "docs/platforms.md is not of today: run `python docs/platform_list.py`"


def test_every_file_that_the_guide_names_exists():
    root = DOCS.parent
    named = (
        "tests/lab/test_platforms.py",
        "tests/platforms/test_read_only.py",
        "tests/platforms/write_commands.py",
        "tests/platforms/test_platform_list.py",
        "baseline/collectors/network/allow_list.py",
        "baseline/collectors/files/recognition.py",
        "baseline/lab/platforms/juniper_junos/device.toml",
        "checks/volatile/juniper_junos.yaml",
    )
    guide = (DOCS / "platforms.md").read_text("utf-8")
    for path in named:
        assert (root / path).is_file(), path
        assert Path(path).name.replace("juniper_junos", "<name>") in guide
