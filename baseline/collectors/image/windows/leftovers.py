"""Secrets that setting up the image left behind: where they stand, never what they are."""

import re
from collections.abc import Iterator
from typing import Literal

from baseline.collectors.image.reader.file_tree import Entry, FileTree, ImageError
from baseline.collectors.image.windows.registry import Registry
from baseline.models.facts.workplace_system import WorkplaceLeftover

Kind = Literal["answer_file", "automatic_logon", "policy_preference", "deployment_share", "wireless_key", "key_file"]

ANSWER_FILES = (
    "Windows/Panther/unattend.xml",
    "Windows/Panther/unattend-original.xml",
    "Windows/Panther/Unattend/unattend.xml",
    "Windows/Panther/autounattend.xml",
    "Windows/System32/Sysprep/unattend.xml",
    "Windows/System32/Sysprep/Panther/unattend.xml",
    "unattend.xml",
    "autounattend.xml",
)
DEPLOYMENT_FILES = (
    "MININT/SMSOSD/OSDLOGS/VARIABLES.DAT",
    "MININT/SMSOSD/OSDLOGS/CustomSettings.ini",
    "Deploy/Scripts/Bootstrap.ini",
    "Deploy/Control/CustomSettings.ini",
    "Windows/Temp/DeploymentLogs/CustomSettings.ini",
)
FOLDERS: tuple[tuple[str, Kind, str], ...] = (
    ("ProgramData/Microsoft/Group Policy/History", "policy_preference", ".xml"),
    ("ProgramData/Microsoft/Wlansvc/Profiles/Interfaces", "wireless_key", ".xml"),
)
KEY_SUFFIXES = (".pfx", ".p12", ".pem", ".key", ".ppk")
KEY_FOLDERS = ("", "Temp", "Windows/Temp", "Install", "Users/Public", "Users/Default/Desktop")
WINLOGON = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon"
LSA_SECRET = r"SECURITY\Policy\Secrets\DefaultPassword\CurrVal"  # noqa: S105 - a place
MAXIMUM_BYTES = 8 * 1024**2
MAXIMUM_FILES = 2_000

_ANSWER = re.compile(
    rb"(?is)<(?:\w+:)?(?:password|administratorpassword|plaintextpassword)>\s*(?!</|\*SENSITIVE)[^\s<]"
)
_NESTED = re.compile(rb"(?is)<(?:\w+:)?(?:password|administratorpassword)>\s*<(?:\w+:)?value>\s*(?!\*SENSITIVE)[^\s<]")
_PREFERENCE = re.compile(rb'(?i)cpassword="[^"]+"')
_WIRELESS = re.compile(rb"(?i)<keyMaterial>\s*[^\s<]")
_DEPLOYMENT = re.compile(rb"(?im)^\s*\w*password\w*\s*=\s*\S")
_PATTERNS: dict[Kind, tuple[re.Pattern[bytes], ...]] = {
    "answer_file": (_ANSWER, _NESTED),
    "policy_preference": (_PREFERENCE,),
    "wireless_key": (_WIRELESS,),
    "deployment_share": (_DEPLOYMENT,),
}


def read_leftovers(tree: FileTree, registry: Registry) -> list[WorkplaceLeftover]:
    """Every secret that was left behind, by place.

    Raises:
        ImageError: a file that may hold one cannot be read.
    """
    found = [
        *(item for path in ANSWER_FILES if (item := _in_file(tree, path, "answer_file"))),
        *(item for path in DEPLOYMENT_FILES if (item := _in_file(tree, path, "deployment_share"))),
        *(item for folder, kind, suffix in FOLDERS for item in _in_folder(tree, folder, kind, suffix)),
        *_keys(tree),
        *_automatic_logon(registry),
    ]
    return sorted(found, key=lambda item: str(item.name))


def _in_file(tree: FileTree, path: str, kind: Kind) -> WorkplaceLeftover | None:
    entry = tree.entry(path)
    if entry is None or entry.kind != "file":
        return None
    content = _plain(tree.read(path, MAXIMUM_BYTES))
    if any(pattern.search(content) for pattern in _PATTERNS[kind]):
        return WorkplaceLeftover(name=path, kind=kind)
    return None


def _plain(content: bytes) -> bytes:
    """The text in UTF-8, whether the file is in UTF-16 or not."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace").encode()
    return content


def _in_folder(tree: FileTree, folder: str, kind: Kind, suffix: str) -> Iterator[WorkplaceLeftover]:
    for number, path in enumerate(_walk(tree, folder, suffix, 6)):
        if number > MAXIMUM_FILES:
            raise ImageError(f"{folder} holds more than {MAXIMUM_FILES} files")
        item = _in_file(tree, path, kind)
        if item is not None:
            yield item


def _walk(tree: FileTree, folder: str, suffix: str, depth: int) -> Iterator[str]:
    top = tree.entry(folder)
    if top is None or top.kind != "folder" or depth == 0:
        return
    for entry in tree.entries(folder):
        path = f"{folder}/{entry.name}"
        if entry.kind == "folder":
            yield from _walk(tree, path, suffix, depth - 1)
        elif entry.kind == "file" and entry.name.casefold().endswith(suffix):
            yield path


def _keys(tree: FileTree) -> Iterator[WorkplaceLeftover]:
    """Private keys and certificates with keys where people put files while they build an image."""
    for folder in KEY_FOLDERS:
        top: Entry | None = tree.entry(folder)
        if top is None or top.kind != "folder":
            continue
        for entry in tree.entries(folder):
            if entry.kind == "file" and entry.name.casefold().endswith(KEY_SUFFIXES):
                yield WorkplaceLeftover(name=f"{folder}/{entry.name}".lstrip("/"), kind="key_file")


def _automatic_logon(registry: Registry) -> Iterator[WorkplaceLeftover]:
    value = registry.value(WINLOGON, "DefaultPassword")
    if value is not None and value.data:
        yield WorkplaceLeftover(name=f"{WINLOGON}, DefaultPassword", kind="automatic_logon")
    if registry.key(LSA_SECRET) is not None:
        yield WorkplaceLeftover(name=LSA_SECRET.removesuffix(r"\CurrVal"), kind="automatic_logon")
