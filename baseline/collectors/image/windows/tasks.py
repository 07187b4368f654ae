"""Scheduled tasks, from the XML files that Windows keeps of them."""

from collections.abc import Iterator
from xml.parsers import expat

import msgspec

from baseline.collectors.image.reader.file_tree import FileTree, ImageError
from baseline.collectors.image.windows.services import program
from baseline.models.facts.fact import Unknown
from baseline.models.facts.workplace_system import WorkplaceTask

TASKS = "Windows/System32/Tasks"
MAXIMUM_TASKS = 5_000
MAXIMUM_DEPTH = 12
MAXIMUM_BYTES = 1024**2
SYSTEM_ACCOUNTS = (
    "s-1-5-18",
    "system",
    "localsystem",
    "nt authority\\system",
    "builtin\\administrators",
    "s-1-5-32-544",
)
WRITABLE = ("c:\\users\\", "c:\\programdata\\", "c:\\temp\\", "c:\\windows\\temp\\", "%temp%", "%tmp%", "%appdata%")
WRITABLE_TOO = ("%localappdata%", "%userprofile%", "%public%", "%programdata%", "%allusersprofile%", "%homepath%")
PROTECTED = ("c:\\programdata\\microsoft\\windows defender\\",)


def read_tasks(tree: FileTree) -> list[WorkplaceTask]:
    """Every scheduled task, by path.

    Raises:
        ImageError: the folder of tasks cannot be read.
    """
    if tree.entry(TASKS) is None:
        raise ImageError(f"{TASKS} does not exist")
    return sorted((_task(tree, path) for path in _files(tree, TASKS, 0)), key=lambda task: str(task.name))


def _files(tree: FileTree, folder: str, depth: int) -> Iterator[str]:
    if depth > MAXIMUM_DEPTH:
        raise ImageError(f"{folder} lies deeper than {MAXIMUM_DEPTH} folders")
    for number, entry in enumerate(tree.entries(folder)):
        if number >= MAXIMUM_TASKS:
            raise ImageError(f"{folder} holds more than {MAXIMUM_TASKS} tasks")
        path = f"{folder}/{entry.name}"
        if entry.kind == "folder":
            yield from _files(tree, path, depth + 1)
        elif entry.kind == "file":
            yield path


def _task(tree: FileTree, path: str) -> WorkplaceTask:
    name = path.removeprefix(TASKS)
    try:
        document = read_document(tree.read(path, MAXIMUM_BYTES))
    except ImageError as error:
        reason = Unknown(error.message)
        fields = dict.fromkeys(("enabled", "account", "privileged", "commands", "user_writable"), reason)
        return WorkplaceTask(name=name, **fields)
    account = document.first("Principals/Principal/UserId") or document.first("Principals/Principal/GroupId")
    highest = document.first("Principals/Principal/RunLevel") == "HighestAvailable"
    commands = [text for text in document.all("Actions/Exec/Command") if text]
    arguments = document.all("Actions/Exec/Arguments")
    return WorkplaceTask(
        name=name,
        enabled=(document.first("Settings/Enabled") or "true").casefold() != "false",
        account=account,
        privileged=highest or (account or "").casefold() in SYSTEM_ACCOUNTS,
        commands=[program(command) for command in commands],
        user_writable=any(user_writable(text) for text in (*commands, *arguments)),
    )


def user_writable(text: str) -> bool:
    """Whether a command line names something in a folder in which ordinary users may write."""
    folded = text.casefold().replace("/", "\\")
    for place in PROTECTED:
        folded = folded.replace(place, "")
    folded = folded.replace("%systemdrive%", "c:")
    return any(place in folded for place in (*WRITABLE, *WRITABLE_TOO))


class Document(msgspec.Struct):
    """The texts of an XML document by path below its root."""

    texts: dict[str, list[str]] = {}

    def all(self, path: str) -> list[str]:
        """Every text at a path."""
        return self.texts.get(path, [])

    def first(self, path: str) -> str | None:
        """The first text at a path, None when there is none."""
        return next(iter(self.all(path)), None) or None


def read_document(content: bytes) -> Document:
    """The texts of an XML document without entities of its own, so that a small one cannot grow large.

    Raises:
        ImageError: it is not such a document.
    """
    document, path, text = Document(texts={}), list[str](), list[str]()
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, _attributes: dict[str, str]) -> None:
        path.append(name.rpartition(" ")[2])
        text.clear()
        if len(path) > 64:
            raise ImageError("the XML document is nested too deeply")

    def end(_name: str) -> None:
        document.texts.setdefault("/".join(path[1:]), []).append("".join(text).strip())
        path.pop()
        text.clear()

    def entity(*_given: object) -> None:
        raise ImageError("the XML document defines entities, which are not read")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text.append
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ImageError(f"the XML document is damaged: {error}") from error
    return document
