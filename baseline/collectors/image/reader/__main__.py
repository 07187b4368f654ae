"""The child process: reads one image as asked on standard input, answers on standard output, and ends."""

import contextlib
import resource
import secrets
import sys
from pathlib import Path

import msgspec

from baseline.collectors.image.protocol import Answer, Failure, Reply, Request
from baseline.collectors.image.reader.file_tree import FileTree, ImageError
from baseline.collectors.image.reader.lookup import resolved
from baseline.collectors.image.reader.opening import Opened, open_image


def read(request: Request) -> Answer:
    """Read an image.

    Raises:
        ImageError: it cannot be read.
    """
    if request.system == "linux":
        return _read_linux(request)
    from baseline.collectors.image.windows.facts import WANTED, read_windows  # noqa: PLC0415 - only for Windows

    opened = open_image(Path(request.path), request.system, WANTED, request.index)
    facts, evidence = read_windows(opened.tree)
    return msgspec.structs.replace(
        _described(opened),
        facts=msgspec.to_builtins(facts),
        artefacts=evidence.lines,
        sources=evidence.sources,
    )


def _read_linux(request: Request) -> Answer:
    from baseline.collectors.image.linux.script import WANTED, tell  # noqa: PLC0415 - only for Linux

    opened = open_image(Path(request.path), request.system, WANTED, request.index)
    mark = f"@{secrets.token_hex(16)}"
    return msgspec.structs.replace(
        _described(opened),
        told=tell(opened.tree, mark),
        mark=mark,
        boots=_boots(opened.tree),
    )


def _boots(tree: FileTree) -> bool:
    """Whether there is a kernel to start; False too when that cannot be seen."""
    try:
        boot = resolved(tree, "boot")
        folder = tree.entry(boot)
        names = [entry.name for entry in tree.entries(boot)] if folder and folder.kind == "folder" else []
    except ImageError:
        return False
    return any(name.startswith(("vmlinuz", "vmlinux", "Image")) for name in names)


def _described(opened: Opened) -> Answer:
    return Answer(
        format=opened.format,
        file_system=opened.tree.kind,
        volume=opened.volume,
        notes=opened.notes,
        files={str(path): state for path, state in opened.files.items()},
    )


def _limit(request: Request) -> None:
    """Bound this process, since it reads what strangers may have made."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for kind, value in (
        (resource.RLIMIT_AS, request.maximum_memory_bytes),
        (resource.RLIMIT_CPU, request.maximum_seconds),
    ):
        with contextlib.suppress(ValueError):  # a harder limit is set already
            resource.setrlimit(kind, (value, value))


def main() -> None:
    """Answer one request."""
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=Request)
    _limit(request)
    try:
        reply = Reply(answer=read(request))
    except ImageError as error:
        reply = Reply(failure=Failure(code=error.code, message=error.message, hint=error.hint))
    except ModuleNotFoundError as error:
        message = f"images need {error.name}, which is not installed"
        reply = Reply(failure=Failure(code="missing_extra", message=message, hint="pip install 'baseline[image]'"))
    except (MemoryError, RecursionError) as error:
        reply = Reply(
            failure=Failure(code="too_much_output", message=f"it needs too much to read: {type(error).__name__}")
        )
    sys.stdout.buffer.write(msgspec.json.encode(reply))


if __name__ == "__main__":
    main()
