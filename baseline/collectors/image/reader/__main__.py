"""The child process: reads one image as asked on standard input, answers on standard output, and ends."""

import contextlib
import resource
import sys
from pathlib import Path

import msgspec

from baseline.collectors.image.protocol import Answer, Failure, Reply, Request
from baseline.collectors.image.reader.file_tree import ImageError
from baseline.collectors.image.reader.opening import open_image


def read(request: Request) -> Answer:
    """Read an image.

    Raises:
        ImageError: it cannot be read.
    """
    from baseline.collectors.image.windows.facts import WANTED, read_windows  # noqa: PLC0415 - only for Windows

    opened = open_image(Path(request.path), request.system, WANTED, request.index)
    facts, evidence = read_windows(opened.tree)
    return Answer(
        format=opened.format,
        file_system=opened.tree.kind,
        volume=opened.volume,
        notes=opened.notes,
        files=tuple(map(str, opened.files)),
        facts=msgspec.to_builtins(facts),
        artefacts=evidence.lines,
        sources=evidence.sources,
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
    except (MemoryError, RecursionError) as error:
        reply = Reply(
            failure=Failure(code="too_much_output", message=f"it needs too much to read: {type(error).__name__}")
        )
    sys.stdout.buffer.write(msgspec.json.encode(reply))


if __name__ == "__main__":
    main()
