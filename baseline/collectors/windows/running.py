"""What only a Windows that runs shows: its role, drives, ports, updates and scheduled tasks."""

import re
from datetime import UTC, date, datetime
from typing import Any, Literal, TypeVar

import msgspec

from baseline.collectors.image.windows.services import program
from baseline.collectors.image.windows.tasks import SYSTEM_ACCOUNTS, user_writable
from baseline.collectors.windows.answer import Answer
from baseline.collectors.windows.script import MAXIMUM_ITEMS
from baseline.models.facts.fact import Unknown
from baseline.models.facts.workplace_running import (
    WorkplaceDrive,
    WorkplaceHotfix,
    WorkplaceListener,
    WorkplaceRunning,
)
from baseline.models.facts.workplace_system import WorkplaceLeftover, WorkplaceTask

Item = TypeVar("Item")

_ROLES: dict[int, Literal["workstation", "server", "domain_controller"]] = {
    1: "workstation",
    2: "domain_controller",
    3: "server",
}
"""Win32_OperatingSystem.ProductType."""
_SYSTEM_TASKS = (*SYSTEM_ACCOUNTS, "administrators", "local system")
_PART_ONLY = Unknown("an ordinary account sees only a part of them: log in as an administrator")
_LOOPBACK = re.compile(r"127\.|::1$")
_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class ToldMachine(msgspec.Struct, frozen=True):
    """What the machine is."""

    product_type: int
    domain_member: bool
    restart_pending: bool


class ToldDrive(msgspec.Struct, frozen=True):
    """One volume, in the words of Get-BitLockerVolume."""

    name: str
    type: str
    status: str
    protection: str
    method: str


class ToldDrives(msgspec.Struct, frozen=True):
    """The volumes."""

    drives: list[ToldDrive]


class ToldTask(msgspec.Struct, frozen=True):
    """One scheduled task. ``writable``: its program or arguments name a folder that users may write to."""

    name: str
    enabled: bool
    account: str
    highest: bool
    commands: list[str]
    writable: bool


class ToldTasks(msgspec.Struct, frozen=True):
    """The scheduled tasks."""

    tasks: list[ToldTask]


class ToldHotfix(msgspec.Struct, frozen=True):
    """One update."""

    name: str
    installed: str


class ToldHotfixes(msgspec.Struct, frozen=True):
    """The updates."""

    hotfixes: list[ToldHotfix]


class ToldListener(msgspec.Struct, frozen=True):
    """One TCP port."""

    address: str
    port: int
    program: str


class ToldListeners(msgspec.Struct, frozen=True):
    """The TCP ports."""

    listeners: list[ToldListener]


class ToldLeftovers(msgspec.Struct, frozen=True):
    """Secrets that were left behind, and the places that could not be looked into."""

    leftovers: list[WorkplaceLeftover]
    unseen: list[str]


def read_running(answer: Answer, now: datetime) -> WorkplaceRunning:
    """The fact ``running``. ``now`` dates the age of the last update."""
    told = answer.part("machine", ToldMachine)
    last = _last_update(answer)
    age = (now.astimezone(UTC).date() - date.fromisoformat(last)).days if isinstance(last, str) else last
    updates: dict[str, Any] = {"last_update": last, "update_age_days": max(age, 0) if isinstance(age, int) else age}
    if isinstance(told, Unknown):
        return WorkplaceRunning(
            role=told, domain_member=told, restart_pending=told, privileged=answer.elevated, **updates
        )
    role = _ROLES.get(told.product_type, Unknown(f"product type {told.product_type} has no known meaning"))
    return WorkplaceRunning(
        role=role,
        domain_member=told.domain_member,
        restart_pending=told.restart_pending,
        privileged=answer.elevated,
        **updates,
    )


def read_drives(answer: Answer) -> list[WorkplaceDrive] | Unknown:
    """The fact ``drives``."""
    told = answer.part("drives", ToldDrives)
    if isinstance(told, Unknown):
        return told
    return _bounded([_drive(drive) for drive in told.drives]) or Unknown("BitLocker named no volume: that cannot be")


def read_listeners(answer: Answer) -> list[WorkplaceListener] | Unknown:
    """The fact ``listeners``."""
    told = answer.part("listeners", ToldListeners)
    if isinstance(told, Unknown):
        return told
    found = {f"{one.address}:{one.port}": one for one in told.listeners}
    return _bounded([_listener(name, found[name]) for name in sorted(found)])


def read_hotfixes(answer: Answer) -> list[WorkplaceHotfix] | Unknown:
    """The fact ``hotfixes``."""
    told = answer.part("hotfixes", ToldHotfixes)
    if isinstance(told, Unknown):
        return told
    fixes = {one.name: one for one in told.hotfixes}
    return _bounded([WorkplaceHotfix(name=name, installed=_day(fixes[name].installed)) for name in sorted(fixes)])


def read_tasks(answer: Answer) -> list[WorkplaceTask] | Unknown:
    """The fact ``scheduled_tasks``."""
    told = answer.part("tasks", ToldTasks)
    if isinstance(told, Unknown):
        return told
    if not answer.elevated:
        return _PART_ONLY
    if not told.tasks:
        return Unknown("Windows named no scheduled task: that cannot be")
    return _bounded(sorted((_task(task) for task in told.tasks), key=lambda task: str(task.name)))


def read_leftovers(answer: Answer) -> list[WorkplaceLeftover] | Unknown:
    """The fact ``leftovers``; unknown as soon as one place could not be looked into."""
    told = answer.part("leftovers", ToldLeftovers)
    if isinstance(told, Unknown):
        return told
    if told.unseen:
        return Unknown(f"could not be looked into: {', '.join(told.unseen[:4])}"[:300])
    return _bounded(sorted(told.leftovers, key=lambda item: str(item.name)))


def _last_update(answer: Answer) -> str | Unknown | None:
    fixes = read_hotfixes(answer)
    if isinstance(fixes, Unknown):
        return fixes
    days = [fix.installed for fix in fixes if isinstance(fix.installed, str)]
    if fixes and not days:
        return Unknown("Windows tells of no update when it was installed")
    return max(days, default=None)


def _day(text: str) -> str | Unknown:
    """A date as Windows keeps it: month, day and year, whatever its language."""
    match = _US_DATE.match(text.strip())
    try:
        if match:
            return date(int(match[3]), int(match[1]), int(match[2])).isoformat()
    except ValueError:
        pass
    return Unknown(f"not a date: {text[:40]!a}" if text else "Windows does not tell when")


def _drive(told: ToldDrive) -> WorkplaceDrive:
    known = told.protection in ("On", "Off") and told.status
    encrypted = told.protection == "On" and told.status == "FullyEncrypted"
    return WorkplaceDrive(
        name=told.name,
        system=told.type == "OperatingSystem",
        encrypted=encrypted if known else Unknown(f"its protection is {told.protection[:40]!a}; it may be locked"),
        method=None if told.method in ("None", "") else told.method,
    )


def _listener(name: str, told: ToldListener) -> WorkplaceListener:
    return WorkplaceListener(
        name=name,
        address=told.address,
        port=told.port,
        program=told.program or None,
        exposed=not _LOOPBACK.match(told.address),
    )


def _task(told: ToldTask) -> WorkplaceTask:
    return WorkplaceTask(
        name=told.name,
        enabled=told.enabled,
        account=told.account or None,
        privileged=told.highest or told.account.casefold() in _SYSTEM_TASKS,
        commands=[program(command) for command in told.commands],
        user_writable=told.writable or any(user_writable(command) for command in told.commands),
    )


def _bounded(items: list[Item]) -> list[Item] | Unknown:
    return items if len(items) <= MAXIMUM_ITEMS else Unknown(f"there are more than {MAXIMUM_ITEMS} of them")
