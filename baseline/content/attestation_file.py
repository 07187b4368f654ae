"""Adds an attestation to the file beside an inventory, leaving what stands there as it is."""

import os
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from baseline.content.attestations import parse_attestations
from baseline.models.attestation import ASPECTS, Attestation
from baseline.models.errors import BaselineError

_HEADING = "attestations:\n"


class AttestationError(BaselineError):
    """An attestation that could not be written."""


def append_attestation(path: Path, attestation: Attestation, controls: list[str]) -> None:
    """Write one attestation at the end of a file; create the file when it is not there.

    Raises:
        ContentError: what the file would then hold is not right; nothing is written.
        AttestationError: the file does not end in its list, or cannot be written.
    """
    before = path.read_bytes() if path.exists() else b""
    text = before.decode("utf-8-sig")
    known = parse_attestations(before, str(path), controls) if before.strip() else ()
    start = text if text.strip() else _HEADING
    content = (start if start.endswith("\n") else start + "\n") + _block(attestation)
    after = parse_attestations(content.encode(), str(path), controls)
    if after != (*known, attestation):
        raise AttestationError(f"{path} does not end in its list of attestations; add this by hand:\n{content}")
    _replace(path, content.encode())


def _block(attestation: Attestation) -> str:
    """The entry as YAML; texts are double-quoted JSON strings, which YAML reads as they are."""
    lines = []
    for key, value in _plain(attestation).items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{key}:")
            lines.extend(f"  - {{{_flow(item)}}}" for item in value)
        elif isinstance(value, dict):
            lines.append(f"{key}: {{{_flow(value)}}}")
        else:
            lines.append(f"{key}: {_scalar(value)}")
    return "\n".join(f"  {'- ' if index == 0 else '  '}{line}" for index, line in enumerate(lines)) + "\n"


def _plain(attestation: Attestation) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(attestation))
    if attestation.aspects == ASPECTS:
        del values["aspects"]
    return {key: value for key, value in values.items() if value not in (None, [], "")}


def _flow(item: dict[str, Any]) -> str:
    return ", ".join(f"{key}: {_scalar(value)}" for key, value in item.items())


def _scalar(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _replace(path: Path, content: bytes) -> None:
    """Put the new content in place at once, so that no reader sees half a file."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        Path(name).chmod(mode)
        Path(name).replace(path)
    except OSError as error:
        raise AttestationError(f"{path} cannot be written: {error.strerror}") from error
