"""dissect is AGPL-3.0: only the child process that reads one image may load it."""

import re
import subprocess
import sys
from pathlib import Path

import baseline

PACKAGE = Path(baseline.__file__).parent
MAY = {"disks.py", "file_systems.py", "hive.py", "volumes.py"}


def test_only_four_modules_of_the_reader_name_dissect_and_each_inside_a_function():
    named = {
        path.relative_to(PACKAGE).as_posix(): re.findall(r"(?m)^([ \t]*)(?:from|import) dissect\b", path.read_text())
        for path in PACKAGE.rglob("*.py")
    }
    found = {path: indents for path, indents in named.items() if indents}
    assert set(found) == {f"collectors/image/reader/{name}" for name in MAY}
    assert all(indent for indents in found.values() for indent in indents), "imported when used, not before"


def test_neither_the_command_line_nor_the_collector_loads_it():
    code = (
        "import sys, baseline.cli.main, baseline.cli.image, baseline.collectors.image.collector, "
        "baseline.collectors.image.linux.facts\n"
        "sys.exit(any(name.startswith('dissect') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_the_extra_an_image_says_what_to_install(tmp_path, windows_folder, windows_disk):
    code = (
        "import sys\n"
        "class Missing:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name.split('.')[0] == 'dissect':\n"
        "            raise ModuleNotFoundError(f'No module named {name}', name='dissect')\n"
        "sys.meta_path.insert(0, Missing())\n"
        "from baseline.collectors.image.reader.__main__ import main\n"
        "main()\n"
    )
    for image in (windows_disk, windows_folder):
        request = (
            f'{{"path": "{image}", "system": "windows", "maximum_memory_bytes": 2000000000, "maximum_seconds": 60}}'
        )
        done = subprocess.run([sys.executable, "-c", code], input=request.encode(), capture_output=True, check=False)
        assert b"missing_extra" in done.stdout, done
        assert b"pip install 'baseline[image]'" in done.stdout
