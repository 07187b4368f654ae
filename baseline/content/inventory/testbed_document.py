"""pyATS testbed files: which files are one, and the document that a file and those it extends make together."""

import re
from pathlib import Path
from typing import Any

import msgspec

from baseline.content.document import MAXIMUM_BYTES, Key, load_document
from baseline.content.inventory.protocol import Place
from baseline.content.nearest import nearest
from baseline.models.errors import Problem

SECTIONS = ("testbed", "devices", "topology", "extends", "custom", "parameters")
"""What stands at the top of a testbed file (pyATS topology schema)."""
MAXIMUM_FILES = 16
_ANSIBLE = ("hosts", "children", "vars")
_TOP = re.compile(
    r"^(?P<key>[A-Za-z_][\w-]*)[ \t]*:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*(?:[ \t]+(?P<first>[\w.-]+)[ \t]*:)?",
    re.MULTILINE,
)


class Testbed(msgspec.Struct, frozen=True):
    """A testbed file with what it extends: plain data, and where each value stands."""

    __test__ = False
    path: str
    data: dict[str, Any]
    places: dict[tuple[Key, ...], Place]

    def get(self, *keys: Key) -> Any:
        """The value at this path, or None."""
        found: Any = self.data
        for key in keys:
            found = found.get(key) if isinstance(found, dict) else None
        return found

    def place(self, *keys: Key) -> Place:
        """Where the key at this path stands; else its nearest known parent; else the file."""
        for length in range(len(keys), 0, -1):
            if keys[:length] in self.places:
                return self.places[keys[:length]]
        return Place(self.path)

    def problem(self, keys: tuple[Key, ...], message: str, hint: str = "", level: str = "error") -> Problem:
        """A problem that points at the value at this path."""
        path, line, column = self.place(*keys)
        return Problem(path=path, line=line, column=column, message=message, hint=hint, level=level)


def is_testbed(path: Path) -> bool:
    """Whether a file is a pyATS testbed by what stands in it; an Ansible inventory has ``hosts:`` under its groups."""
    if path.suffix not in (".yaml", ".yml"):
        return False
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            text = file.read(MAXIMUM_BYTES).decode("utf-8-sig", "replace")
    except OSError:
        return False
    tops = {found["key"]: found["first"] for found in _TOP.finditer(text + "\n")}
    return bool({"testbed", "devices"} & tops.keys()) and not set(_ANSIBLE) & set(tops.values())


def read_testbed(path: Path, problems: list[Problem]) -> Testbed | None:
    """The testbed in a file; on trouble append what is wrong to ``problems`` and return None."""
    files = _Files(problems)
    testbed = files.read(path.absolute(), ())
    if testbed is None or files.failed:
        return None
    for key in testbed.data:
        meant = nearest(key, SECTIONS)
        if key not in SECTIONS and meant:
            problems.append(
                testbed.problem((key,), f"'{key}' is not a section of a testbed", f"did you mean '{meant}'?")
            )
    if not isinstance(testbed.data.get("devices"), dict):
        problems.append(testbed.problem(("devices",), "has no devices", "devices: {name: {os: iosxe, ...}}"))
        return None
    return testbed


class _Files:
    """Reads a file and those it extends, each below the one that names it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.failed = False
        self._read = 0

    def read(self, path: Path, chain: tuple[Path, ...]) -> Testbed | None:
        self._read += 1
        document = load_document(path, self.problems)
        if document is None or not isinstance(document.data, dict):
            if document is not None:
                self._fail(document.problem((), "is not a testbed: it must be a mapping"))
            self.failed = True
            return None
        places = {keys: Place(str(path), *at) for keys, at in document.positions.items()}
        testbed = Testbed(str(path), document.data, places)
        for name in self._bases(testbed):
            base = self._base(testbed, path, name, (*chain, path))
            testbed = testbed if base is None else _over(base, testbed)
        return testbed

    def _bases(self, testbed: Testbed) -> list[str]:
        """The files that a testbed extends: what it says itself goes before the first, and that before the next."""
        extends = testbed.data.get("extends")
        names = extends if isinstance(extends, list) else [extends] if extends else []
        if not all(isinstance(name, str) for name in names):
            self._fail(testbed.problem(("extends",), "extends must be the name of a file, or a list of names"))
            return []
        return names

    def _base(self, testbed: Testbed, path: Path, name: str, chain: tuple[Path, ...]) -> Testbed | None:
        base = path.with_name(name) if name == Path(name).name and not name.startswith("%") else None
        if base is None:
            hint = "copy it beside this file, and give its name only"
            self._fail(
                testbed.problem(("extends",), f"extends '{name[:100]}', which is not a file of this folder", hint)
            )
        elif base in chain:
            self._fail(testbed.problem(("extends",), f"extends '{name[:100]}', which extends this file", "remove one"))
        elif self._read >= MAXIMUM_FILES:
            self._fail(testbed.problem(("extends",), f"extends more than {MAXIMUM_FILES - 1} files", "join some"))
        else:
            return self.read(base, chain)
        return None

    def _fail(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.failed = True


def _over(base: Testbed, testbed: Testbed) -> Testbed:
    return Testbed(testbed.path, _merged(base.data, testbed.data), base.places | testbed.places)


def _merged(base: Any, over: Any) -> Any:
    """Mappings are merged key by key; of everything else the upper one counts."""
    if not isinstance(base, dict) or not isinstance(over, dict):
        return over
    return base | {key: _merged(base[key], value) if key in base else value for key, value in over.items()}
