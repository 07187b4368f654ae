"""Reads what an organisation says of itself for its reports, from ``reports.yml`` beside the inventory."""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from baseline.content.beside_inventory import files_beside
from baseline.content.document import load_document
from baseline.content.nearest import did_you_mean
from baseline.content.reading import Reading
from baseline.models.errors import ContentError, Problem
from baseline.models.report_settings import Applicability, DigidConnection, ReportSettings

FILE_NAME = "reports.yml"

_KEYS = ("organisation", "scope", "marking", "digid", "applicability", "longest_silence_days", "repair_days")
_NUMBER = re.compile(r"[0-9]{1,12}")


def load_report_settings(inventories: Iterable[Path], controls: Collection[str]) -> ReportSettings:
    """The settings beside the first of these inventories that has them; else the usual ones.

    Raises:
        ContentError: the file is not right; it holds every problem.
    """
    problems: list[Problem] = []
    files = files_beside(inventories, FILE_NAME)
    document = load_document(files[0], problems) if files else None
    settings = ReportSettings()
    if document is not None and document.data is not None:
        settings = _settings(Reading(document, problems), controls)
    if problems:
        raise ContentError(problems)
    return settings


def _settings(reading: Reading, controls: Collection[str]) -> ReportSettings:
    reading.only(_KEYS)
    usual = ReportSettings()
    days = _days(reading, "repair_days", usual.repair_days)
    if len(days) != 4:
        reading.report(("repair_days",), "'repair_days' holds four numbers, for priorities 1 to 4")
        days = usual.repair_days
    return ReportSettings(
        organisation=reading.text("organisation"),
        scope=reading.text("scope"),
        marking=reading.text("marking"),
        digid=tuple(_connection(item) for item in reading.mappings("digid")),
        applicability=tuple(_applicability(item, controls) for item in reading.mappings("applicability")),
        longest_silence_days=_days(reading, "longest_silence_days", (usual.longest_silence_days,))[0],
        repair_days=(days[0], days[1], days[2], days[3]),
    )


def _connection(reading: Reading) -> DigidConnection:
    reading.only(("name", "number", "groups", "targets"))
    number = reading.text("number", required=True)
    if number and not _NUMBER.fullmatch(number):
        reading.report(("number",), f"'{number}' is not the number of a connection", "digits, in quotes")
    connection = DigidConnection(
        name=reading.text("name", required=True),
        number=number,
        groups=reading.texts("groups"),
        targets=reading.texts("targets"),
    )
    if not connection.groups and not connection.targets:
        reading.report((), "names no 'groups' or 'targets'", "say on which targets the connection runs")
    return connection


def _applicability(reading: Reading, controls: Collection[str]) -> Applicability:
    reading.only(("control", "applicable", "reason"))
    control, applicable = reading.text("control", required=True), reading.data.get("applicable", True)
    if control and control not in controls:
        reading.report(("control",), f"there is no control '{control}'", did_you_mean(control, controls))
    if not isinstance(applicable, bool):
        reading.report(("applicable",), "'applicable' must be true or false")
    decision = Applicability(control=control, applicable=applicable is True, reason=reading.text("reason"))
    if not decision.applicable and not decision.reason:
        reading.report(("reason",), "'reason' is missing", "why does the control not apply?")
    if control.startswith("bio2:") and not decision.applicable:
        reading.report(("control",), "a government measure is not left out here", "use a waiver, kind: cannot_apply")
    return decision


def _days(reading: Reading, key: str, usual: tuple[int, ...]) -> tuple[int, ...]:
    value = reading.data.get(key)
    if value is None:
        return usual
    values = value if isinstance(value, list) else [value]
    if not values or any(
        not isinstance(each, int) or isinstance(each, bool) or not 0 < each <= 3660 for each in values
    ):
        reading.report((key,), f"'{key}' must be whole days, from 1 to 3660")
        return usual
    return tuple(values)
