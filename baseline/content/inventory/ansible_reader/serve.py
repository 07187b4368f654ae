"""Answers requests: standard input in, standard output out."""

import json
import os
import resource
import sys
from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleError

from .listing import list_inventory
from .opening import Opened
from .problems import Notes, UnusableError, explain, problem, reason

MAXIMUM_REQUEST_BYTES = 1024 * 1024
MAXIMUM_SECRET_CHARACTERS = 64 * 1024

Reply = Callable[[dict[str, Any]], None]


def main() -> None:
    """Read the first request, open the inventory, answer."""
    reply = _private_output()
    request = json.loads(sys.stdin.buffer.readline(MAXIMUM_REQUEST_BYTES))
    limit: int = request["maximum_memory_bytes"]
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    notes = Notes()
    notes.listen()
    _answer(request, notes, reply)


def _answer(request: dict[str, Any], notes: Notes, reply: Reply) -> None:
    source = request["sources"][0] if request["sources"] else "inventory"
    document: dict[str, Any] = {}
    opened = None
    try:
        opened = Opened(request, notes)
        opened.read()
        if not notes.failed and request["mode"] == "list":
            document = list_inventory(request, opened, notes)
    except UnusableError as error:
        notes.fail(problem((source, 0, 0), str(error)))
    except (AnsibleError, MemoryError, RecursionError) as error:
        _note(error, source, opened, notes)
    else:
        if notes.failed:
            opened.note_broken_variable_files()
    reply(document | {"failed": notes.failed, "problems": notes.problems})
    if opened and not notes.failed and request["mode"] == "secrets":
        _answer_secrets(opened, reply)


def _note(error: BaseException, source: str, opened: Opened | None, notes: Notes) -> None:
    if opened is not None and isinstance(error, AnsibleError):
        opened.note_broken_variable_files()
    if not notes.failed:
        notes.fail(explain(error, source))


def _private_output() -> Reply:
    """Keep standard output for replies; what anything else prints there goes to standard error."""
    private = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def reply(document: dict[str, Any]) -> None:
        private.write(json.dumps(document) + "\n")
        private.flush()

    return reply


def _answer_secrets(opened: Opened, reply: Reply) -> None:
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        try:
            reply({"value": _secret(opened, asked["host"], asked["variable"])})
        except (AnsibleError, UnusableError) as error:
            reply({"error": reason(error)})


def _secret(opened: Opened, name: str, variable: str) -> str | None:
    host = opened.inventory.hosts.get(name)
    variables = opened.variables(host) if host else {}
    if variable not in variables:
        raise UnusableError("is no longer in the inventory")
    value = opened.render(variables[variable], variables)
    text = None if value is None else str(value)
    if text is not None and len(text) > MAXIMUM_SECRET_CHARACTERS:
        raise UnusableError("is longer than a secret may be")
    return text
