"""The playbooks that repair: one per check, named after it."""

import hashlib
from pathlib import Path

import msgspec

from baseline.content.location import content_folder

FOLDER = "remediate"


class Playbook(msgspec.Struct, frozen=True, kw_only=True):
    """A playbook that repairs one check. ``digest`` is the SHA-256 of it and of all that it may include."""

    check: str
    path: Path
    digest: str


def playbooks(folder: Path | None = None) -> dict[str, Playbook]:
    """Every playbook by the check it repairs. ``folder`` holds an organisation's own; default: those of baseline."""
    folder = folder or content_folder("playbooks") / FOLDER
    included = _digest(sorted(path for path in folder.glob("*/*.yml")))
    return {
        path.stem: Playbook(check=path.stem, path=path, digest=_digest([path], included))
        for path in sorted(folder.glob("*.yml"))
    }


def _digest(paths: list[Path], *others: str) -> str:
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    for other in others:
        digest.update(other.encode())
    return digest.hexdigest()
