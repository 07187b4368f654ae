"""Runs playbooks with Ansible, in a process of its own with an environment that holds no secret."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec

from baseline.collectors.network.platforms import platform
from baseline.content.location import content_folder
from baseline.models.errors import BaselineError
from baseline.models.redaction import redact_text
from baseline.remediate.plan import RepairPlan
from baseline.remediate.playbooks import FOLDER

Outcome = Literal["ok", "changed", "failed", "unreachable", "skipped"]

PASSED_ON = (
    "ANSIBLE_COLLECTIONS_PATH",
    "ANSIBLE_CONFIG",
    "ANSIBLE_HOME",
    "ANSIBLE_ROLES_PATH",
    "ANSIBLE_VAULT_PASSWORD_FILE",
    "HOME",
    "LOGNAME",
    "PATH",
    "SSH_AUTH_SOCK",
    "TMPDIR",
    "USER",
)
"""Variables that Ansible gets: ansible-runner writes its whole environment to a file, so it gets no others."""

MAXIMUM_DIFF_CHARACTERS = 20_000
MAXIMUM_LINE_BYTES = 4 * 1024 * 1024
SIGNS = ("+ ", "- ", "  ")
NETWORK = content_folder("playbooks") / FOLDER / "network"
"""What is for network devices beside the playbooks."""
_PROGRAM = Path(__file__).with_name("ansible_program.py")
_NO_RUNNER, _NO_NETWORK = 3, 4


class RemediationError(BaselineError):
    """Repairing could not be tried, or stopped half-way."""


class MissingPartError(RemediationError):
    """Something that must be installed first; the message says how."""


class TaskOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What one task of a playbook did, or would do, on one target. ``diff`` is a unified diff without secrets."""

    check: str
    target: str
    task: str
    outcome: Outcome
    diff: str = ""
    message: str = ""


class AnsibleSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How Ansible is run. ``serial`` targets at once, and ``maximum_failures`` percent of them may fail before it stops."""

    inventories: tuple[str, ...]
    vault_password_files: tuple[str, ...] = ()
    known_hosts: str = ""
    serial: int = 1
    maximum_failures: int = 0
    timeout_seconds: float = 3600.0
    save: bool = False
    """Network devices keep the change over a restart: running configuration to startup configuration."""
    passed_on: tuple[str, ...] = ()
    """Names of further environment variables that Ansible gets."""


def run_playbooks(
    plan: RepairPlan,
    settings: AnsibleSettings,
    *,
    dry_run: bool,
    told: Callable[[TaskOutcome], None] = lambda _: None,
) -> list[TaskOutcome]:
    """Run the plan's playbooks, each on its own targets; a dry run changes nothing (Ansible's check mode, with diff).

    Raises:
        MissingPartError: Ansible, or what it needs for network devices, is not installed.
        RemediationError: Ansible refused the playbooks or the inventory, or took too long.
    """
    outcomes: list[TaskOutcome] = []
    with _child(_request(plan, settings, dry_run=dry_run), settings) as lines:
        for line in lines:
            event = _event(line, plan.platforms)
            if isinstance(event, TaskOutcome):
                outcomes.append(event)
                told(event)
            elif event is not None and event.failed:
                raise RemediationError(f"Ansible could not run: {event.failed}")
    return outcomes


class _End(msgspec.Struct, frozen=True):
    failed: str = ""


def _request(plan: RepairPlan, settings: AnsibleSettings, *, dry_run: bool) -> bytes:
    document = {
        "playbooks": [str(playbook.path) for playbook in plan.playbooks],
        "lines_playbook": str(NETWORK / "lines.yml"),
        "lines_of": list(plan.lines),
        "collections": str(NETWORK.parent / "collections"),
        "inventories": settings.inventories,
        "vault_password_files": settings.vault_password_files,
        "limit": ",".join(sorted({repair.target for repair in plan.repairs})),
        "check_mode": dry_run,
        "timeout_seconds": settings.timeout_seconds,
        "variables": {
            "baseline_targets": {check: plan.targets_of(check) for check in (*plan.params, *plan.lines)},
            "baseline_check_params": plan.params,
            "baseline_lines": {
                check: {target: "\n".join(lines) for target, lines in sent.items()}
                for check, sent in plan.lines.items()
            },
            "baseline_platforms": plan.platforms,
            "baseline_save": settings.save,
            "baseline_serial": settings.serial,
            "baseline_maximum_failures": settings.maximum_failures,
        },
    }
    return msgspec.json.encode(document)


def _environment(settings: AnsibleSettings) -> dict[str, str]:
    kept = {name: os.environ[name] for name in (*PASSED_ON, *settings.passed_on) if name in os.environ}
    kept["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), kept.get("PATH", os.defpath)))
    kept |= {
        "ANSIBLE_HOST_KEY_CHECKING": "True",
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_PIPELINING": "True",
        "ANSIBLE_RETRY_FILES_ENABLED": "False",
        "LC_ALL": "C.UTF-8",
    }
    if settings.known_hosts:
        kept["BASELINE_KNOWN_HOSTS"] = settings.known_hosts
        kept["ANSIBLE_SSH_COMMON_ARGS"] = f"-o UserKnownHostsFile={settings.known_hosts}"
    return kept


@contextmanager
def _child(request: bytes, settings: AnsibleSettings) -> Iterator[Iterator[bytes]]:
    process = subprocess.Popen(
        [sys.executable, str(_PROGRAM)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(settings),
        start_new_session=True,
    )
    if process.stdin is None or process.stdout is None:
        raise RemediationError("Ansible's process has no pipes")
    try:
        process.stdin.write(request)
        process.stdin.close()
        yield iter(lambda: process.stdout.readline(MAXIMUM_LINE_BYTES), b"")  # type: ignore[union-attr]
        code = process.wait(timeout=30)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
    if code == _NO_RUNNER:
        raise MissingPartError("ansible-runner was not found; pip install 'baseline[ansible]'")
    if code == _NO_NETWORK:
        needs = NETWORK / "requirements.yml"
        raise MissingPartError(
            "what Ansible needs for network devices was not found; pip install ansible-pylibssh==1.4.0 && "
            f"ansible-galaxy collection install -r {needs}"
        )
    if code:
        raise RemediationError(f"the process that runs Ansible ended with code {code}")


def _event(line: bytes, platforms: Mapping[str, str]) -> TaskOutcome | _End | None:
    try:
        document = json.loads(line)
        if "failed" in document:
            return _End(failed=_short(document["failed"]))
        found = msgspec.convert(document, TaskOutcome)
    except (ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise RemediationError(f"what Ansible told makes no sense: {error}") from None
    hidden = platforms.get(found.target, "")
    return msgspec.structs.replace(
        found, diff=_short(_redacted(found.diff, hidden)), message=_short(_redacted(found.message, hidden))
    )


def _redacted(text: str, name: str) -> str:
    """The text without what the platform's own language shows to be a secret, behind the signs of a diff too."""
    if not name:
        return text
    lines = text.splitlines()
    signs = [line[:2] if line[:2] in SIGNS else "" for line in lines]
    bare = "\n".join(line.removeprefix(sign) for sign, line in zip(signs, lines, strict=True))
    hidden = platform(name).redact("show running-config", bare).split("\n") if lines else []
    return "\n".join(sign + line for sign, line in zip(signs, hidden, strict=True))


def _short(text: str) -> str:
    text = redact_text(str(text))
    return text if len(text) <= MAXIMUM_DIFF_CHARACTERS else text[:MAXIMUM_DIFF_CHARACTERS] + "\n... cut"
