"""A program of its own: runs playbooks with ansible-runner and tells of each task, a JSON document a line.

It gets its request as one JSON document on standard input. It imports nothing of baseline.
"""

import difflib
import importlib.util
import json
import os
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

EVENTS = {
    "runner_on_ok": "ok",
    "runner_on_failed": "failed",
    "runner_on_unreachable": "unreachable",
    "runner_on_skipped": "skipped",
}


TAKEN = "\nBefore that it took:\n"
"""What stands in the message of a refused line before the difference that earlier lines made."""


def main() -> int:
    """Run what standard input asks for; 3 when ansible-runner is not installed, 4 when network modules are not."""
    try:
        import ansible_runner  # noqa: PLC0415 - its absence is an answer
    except ImportError:
        return 3
    request = json.load(sys.stdin)
    if request["lines_of"] and not _reaches_network_devices():
        return 4
    with tempfile.TemporaryDirectory(prefix="baseline-remediate-") as folder:
        _write_request(Path(folder), request)
        os.environ["ANSIBLE_PERSISTENT_CONTROL_PATH_DIR"] = folder + "/pc"
        said: list[str] = []
        ended = ansible_runner.run(
            private_data_dir=folder,
            playbook="repair.yml",
            inventory=list(request["inventories"]),
            limit=request["limit"],
            extravars=request["variables"],
            cmdline=_options(request),
            settings={"job_timeout": request["timeout_seconds"]},
            quiet=True,
            event_handler=lambda event: _tell(event, said),
        )
        if not said and ended.status != "successful":
            _write({"failed": _last_words(ended)})
        elif ended.status in ("timeout", "canceled"):
            _write({"failed": f"it was stopped: {ended.status}"})
    return 0


def _reaches_network_devices() -> bool:
    from ansible.constants import config  # noqa: PLC0415 - slow, and only for network devices

    folders = [*config.get_config_value("COLLECTIONS_PATHS"), *sys.path]
    parts = ("netcommon", "utils")
    found = all(any(Path(each, "ansible_collections", "ansible", part).is_dir() for each in folders) for part in parts)
    return found and importlib.util.find_spec("pylibsshext") is not None


def _write_request(folder: Path, request: dict[str, Any]) -> None:
    project = folder / "project"
    project.mkdir()
    plays = [{"ansible.builtin.import_playbook": path} for path in request["playbooks"]]
    plays += [
        {"ansible.builtin.import_playbook": request["lines_playbook"], "vars": {"baseline_check": check}}
        for check in request["lines_of"]
    ]
    (project / "collections").symlink_to(request["collections"])
    (project / "repair.yml").write_text(json.dumps(plays))


def _options(request: dict[str, Any]) -> str:
    words = ["--diff", *(["--check"] if request["check_mode"] else [])]
    for path in request["vault_password_files"]:
        words += ["--vault-password-file", path]
    return shlex.join(words)


def _tell(event: dict[str, Any], said: list[str]) -> bool:
    outcome = EVENTS.get(event["event"])
    if outcome is None:
        return False
    data = event["event_data"]
    result = data.get("res") or {}
    if outcome == "failed" and data.get("ignore_errors"):
        outcome = "ok"
    said.append(outcome)
    message, _, taken = (_message(result) if outcome in ("failed", "unreachable") else "").partition(TAKEN)
    _write(
        {
            "check": data.get("play", ""),
            "target": data.get("host", ""),
            "task": data.get("task", ""),
            "outcome": "changed" if outcome == "ok" and result.get("changed") else outcome,
            "diff": taken or "\n".join(_diffs(result)),
            "message": message,
        }
    )
    return False


def _diffs(result: dict[str, Any]) -> Iterator[str]:
    for part in (result, *(each for each in result.get("results", []) if isinstance(each, dict))):
        found = part.get("diff") or []
        for diff in found if isinstance(found, list) else [found]:
            if "prepared" in diff:
                yield str(diff["prepared"]).rstrip()
            elif diff.get("before") != diff.get("after"):
                before, after = _lines(diff.get("before")), _lines(diff.get("after"))
                old, new = str(diff.get("before_header") or "before"), str(diff.get("after_header") or "after")
                yield "\n".join(difflib.unified_diff(before, after, old, new, n=1, lineterm=""))


def _lines(text: Any) -> list[str]:
    if isinstance(text, str):
        return text.splitlines()
    return json.dumps(text, indent=1, sort_keys=True).splitlines() if text else []


def _message(result: dict[str, Any]) -> str:
    parts = [result.get("msg"), *(each.get("msg") for each in result.get("results", []) if isinstance(each, dict))]
    parts += [result.get("stderr")]
    return "\n".join(dict.fromkeys(str(part) for part in parts if part))


def _last_words(ended: Any) -> str:
    with ended.stdout as output:
        text = output.read()
    return " ".join(text.split())[-2000:] or ended.status


def _write(document: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(document) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
