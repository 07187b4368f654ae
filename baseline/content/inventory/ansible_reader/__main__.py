"""Starts the reader; exit code 3 says that this interpreter has no (new enough) ansible-core."""

import importlib
import sys
from pathlib import Path
from types import TracebackType

NO_ANSIBLE = 3


def main() -> None:
    """Import Ansible, then answer requests."""
    sys.excepthook = say
    sys.path.append(str(Path(__file__).resolve().parent.parent))
    try:
        importlib.import_module("ansible_reader.configuration")
        serve = importlib.import_module("ansible_reader.serve")
    except ImportError as missing:
        sys.stderr.write(f"{missing}\n")
        sys.exit(NO_ANSIBLE)
    serve.main()


def say(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
    """Say what went wrong in one line; later lines may quote a file."""
    sys.stderr.write(f"ERROR: {(str(error).splitlines() or [kind.__name__])[0]}\n")


if __name__ == "__main__":
    main()
