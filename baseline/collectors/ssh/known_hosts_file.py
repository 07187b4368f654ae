"""Adds host keys to a ``known_hosts`` file, for its owner only to read."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from baseline.collectors.ssh.host_keys import HostKey, KnownHosts, known_name
from baseline.models.errors import CollectError


def add_host_key(path: Path, host: str, port: int, key: HostKey) -> None:
    """Append the key of a host; the file and its folder are made when they are missing.

    Raises:
        CollectError: ``credential``, the file cannot be written.
    """
    path = path.expanduser()
    try:
        _append(path, f"{known_name(host, port)} {key.openssh}\n")
    except OSError as error:
        raise CollectError("credential", f"cannot write the known hosts file {path}: {error.strerror}") from error


def replace_host_key(path: Path, host: str, port: int, key: HostKey) -> None:
    """Make this the only key of a host. Revoked keys stay revoked; other hosts keep their lines.

    Raises:
        CollectError: ``credential``, the file cannot be written; ``host_key_changed``, a line with a wildcard names the
            host too, and has to be changed by hand.
    """
    path = path.expanduser().resolve()
    name = known_name(host, port)
    try:
        lines = path.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        kept = "".join(f"{line}\n" for line in _without(lines, name))
        if not KnownHosts(kept).lookup(host, port).nothing:
            message = f"a line in {path} with a wildcard, or without the port, names {name} too"
            raise CollectError("host_key_changed", message, "change that line by hand")
        _write(path, f"{kept}{name} {key.openssh}\n")
    except OSError as error:
        raise CollectError("credential", f"cannot write the known hosts file {path}: {error.strerror}") from error


def _append(path: Path, line: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - 1, 0))
        separator = b"" if file.read(1) in (b"", b"\n") else b"\n"
        file.write(separator + line.encode())


def _write(path: Path, text: str) -> None:
    """Put a new file in the place of the old one at once, so that a reader never sees half of it."""
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, prefix=path.name, delete=False, encoding="utf-8", errors="surrogateescape"
    ) as file:
        file.write(text)
    Path(file.name).replace(path)


def _without(lines: list[str], name: str) -> Iterator[str]:
    """The lines, with a host's own names taken out of them."""
    for line in lines:
        fields = line.split()
        if len(fields) < 3 or line.startswith(("#", "@")):
            yield line
        elif fields[0].startswith("|"):
            if KnownHosts(line).named(name).nothing:
                yield line
        elif names := [one for one in fields[0].split(",") if one.lower() != name]:
            yield " ".join([",".join(names), *fields[1:]])
