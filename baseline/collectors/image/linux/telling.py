"""Tells files of an image in the form in which the script of a running host prints them (collectors/host/prelude.sh)."""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

from baseline.collectors.image.reader.file_tree import Entry, FileTree, ImageError
from baseline.collectors.image.reader.lookup import resolved

MAXIMUM_FILE_BYTES = 4 * 1024**2
MAXIMUM_LINE = 2000
_COMMENT = re.compile(r"[ \t]*$|(?!#(?:include|includedir|[0-9]+)[ \t])[ \t]*#")
_ADDRESS = re.compile(r"://[^/@ \t]*@")
_PASSWORD = re.compile(r"(?i)pass(?:word|wd|phrase|wrd)?[ \t]*=[ \t]*[^ \t,;]+")
_HASH = re.compile(r"\$[0-9a-z]+\$[^ \t:]+")
PROGRAM_FOLDERS = ("usr/sbin", "usr/bin", "sbin", "bin", "usr/local/sbin", "usr/local/bin")


class Telling:
    """Collects what is told, with the mark that nothing in the image can guess."""

    def __init__(self, tree: FileTree, mark: str) -> None:
        self.tree, self._mark = tree, mark
        self._parts: list[str] = []

    def text(self) -> str:
        """Everything that was told."""
        return "".join(self._parts)

    def say(self, *words: object) -> None:
        """A line with the mark."""
        self._parts.append(f"\n{self._mark} {' '.join(map(str, words))}\n")

    def answer(self, command: str, lines: Iterable[str]) -> None:
        """What a command would have printed."""
        self.say("command", command)
        self._parts.extend(f"{line}\n" for line in lines)
        self.say("status 0")

    def answer_lines(self, *lines: str) -> None:
        """Lines that are told already, and that they ended well."""
        self._parts.extend(f"{line}\n" for line in lines)
        self.say("status 0")

    def show(self, *paths: str) -> None:
        """Whole files."""
        for path in paths:
            content = self.content(path)
            if content is not None:
                self.say("file", path)
                self._parts.append(content)
                self.say("status 0")

    def lines(self, *patterns: str) -> None:
        """Of each file the lines that are no comment, as path:line:text, without the values of passwords."""
        found = [(path, content) for path in self.expanded(*patterns) if (content := self.content(path)) is not None]
        if not found:
            return
        self.say("read", *(path for path, _ in found))
        self.say("lines")
        for path, content in found:
            for number, line in enumerate(content.split("\n"), 1):
                if not _COMMENT.match(line):
                    self._parts.append(f"{path}:{number}:{_plain(line)}\n")
        self.say("status 0")

    def content(self, path: str) -> str | None:
        """The text of a file; None, and told why, when there is none that can be read."""
        try:
            place = resolved(self.tree, path)
            entry = self.tree.entry(place)
            if entry is None:
                self.say("absent", path)
            elif entry.kind != "file":
                self.say("masked", path)
            else:
                return self.tree.read(place, MAXIMUM_FILE_BYTES).decode("utf-8", "replace")
        except ImageError:
            self.say("denied", path)
        return None

    def look(self, path: str) -> Entry | None:
        """What stands at a path, links followed; None when nothing does.

        Raises:
            ImageError: that cannot be told: a volume that is mounted there is not in the image.
        """
        return self.tree.entry(resolved(self.tree, path))

    def find(self, path: str) -> Entry | None:
        """What can be seen at a path, links followed."""
        try:
            return self.look(path)
        except ImageError:
            return None

    def names(self, folder: str) -> list[str]:
        """The names in a folder, sorted; none when it does not exist."""
        try:
            place = resolved(self.tree, folder)
            entry = self.tree.entry(place)
            return sorted(item.name for item in self.tree.entries(place)) if entry and entry.kind == "folder" else []
        except ImageError:
            self.say("denied", folder)
            return []

    def expanded(self, *patterns: str) -> list[str]:
        """Paths that patterns of a shell mean; one without a match is told as absent where it is no pattern."""
        found: list[str] = []
        for pattern in patterns:
            folder, _, last = pattern.rpartition("/")
            if not any(character in last for character in "*?["):
                found.append(pattern)
                continue
            hidden = last.startswith(".")
            names = [name for name in self.names(folder) if fnmatchcase(name, last) and name.startswith(".") == hidden]
            found += [f"{folder}/{name}" for name in names]
        return list(dict.fromkeys(found))

    def have(self, program: str) -> bool:
        """Whether a program is installed."""
        return any(self.find(f"/{folder}/{program}") is not None for folder in PROGRAM_FOLDERS)


def _plain(line: str) -> str:
    line = _ADDRESS.sub("://<redacted>@", line[:MAXIMUM_LINE])
    return _HASH.sub("<redacted>", _PASSWORD.sub("password=<redacted>", line))
