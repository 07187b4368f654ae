"""Parses outputs of devices with Genie. A program of its own, run by an interpreter that has pyATS; imports nothing of ours.

It reads one JSON document a line, ``{"os": "iosxe", "outputs": {"show version": "..."}}``, and answers each with a line
``{"genie": "26.9", "parsed": {"show version": {...}}, "failed": {"<command>": "<reason>"}}``. It ends at the end of its
input, and when it has been asked nothing for a while. What it is given comes from devices: memory is bounded here, time and
size of answers by who asks.
"""

import contextlib
import importlib
import importlib.metadata
import json
import os
import resource
import select
import sys
from types import SimpleNamespace
from typing import Any, TextIO

MAXIMUM_MEMORY_BYTES = 2 * 1024 * 1024 * 1024
IDLE_SECONDS = 120
NOT_INSTALLED = 3


def main() -> int:
    """Answer questions until there are no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MAXIMUM_MEMORY_BYTES, MAXIMUM_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)  # what Genie prints must not stand among the answers
        try:
            parsers = importlib.import_module("genie.libs.parser.utils.common")
        except ImportError as error:
            sys.stderr.write(f"{error}\n")
            return NOT_INSTALLED
        _say(answers, {"genie": importlib.metadata.version("genie")})
        while select.select([sys.stdin], [], [], IDLE_SECONDS)[0] and (line := sys.stdin.readline()):
            question = json.loads(line)
            _say(answers, _answer(parsers, question["os"], question["outputs"]))
    return 0


def _say(answers: TextIO, document: dict[str, Any]) -> None:
    answers.write(json.dumps(document) + "\n")
    answers.flush()


def _answer(parsers: Any, network_os: str, outputs: dict[str, str]) -> dict[str, Any]:
    parsed, failed = {}, {}
    for command, output in outputs.items():
        try:
            parsed[command] = _plain(_parse(parsers, network_os, command, output))
        except Exception as error:  # noqa: BLE001 - any parser may raise anything; it becomes the reason of this command
            failed[command] = f"{type(error).__name__}: {error}"[:300]
    return {"parsed": parsed, "failed": failed}


def _parse(parsers: Any, network_os: str, command: str, output: str) -> Any:
    """What Genie's parser of a command makes of its output; the device is never asked, since there is none."""
    device = SimpleNamespace(
        name="device",
        os=network_os,
        platform=None,
        model=None,
        custom={"abstraction": {"order": ["os"]}},
        is_connected=lambda: False,
    )
    with contextlib.redirect_stdout(sys.stderr):
        parser, arguments = parsers.get_parser(command, device)
        return parser(device=device).parse(output=output, **arguments)


def _plain(value: Any) -> Any:
    """The value as JSON has it."""
    return json.loads(json.dumps(value, default=str))


if __name__ == "__main__":
    sys.exit(main())
