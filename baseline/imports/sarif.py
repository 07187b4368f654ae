"""SARIF 2.1.0 (OASIS standard), of any scanner that writes it."""

import re
from typing import Any

from baseline.imports.fields import items, mapping, moment, required, text
from baseline.imports.finding import Asset, ForeignFinding, Receiver, Reference, Rule, Tool, shortened
from baseline.imports.json_reader import JsonReader
from baseline.imports.refused import MalformedError
from baseline.models.result import Severity, Status

SECRET_KEYS = (
    "snippet",
    "contextRegion",
    "contents",
    "insertedContent",
    "environmentVariables",
    "commandLine",
    "arguments",
    "webRequest",
    "webResponse",
    "stdin",
    "stdout",
    "stderr",
    "stdoutStderr",
)
"""Source code, and what the scanner was started with or was answered."""

_LEVELS = {"error": Severity.HIGH, "warning": Severity.MEDIUM, "note": Severity.LOW, "none": Severity.LOW}
"""SARIF's four levels (3.27.10), as far as no CVSS number says more."""
_STATUSES = {"fail": Status.FAIL, "pass": Status.PASS, "notApplicable": Status.NOT_APPLICABLE}
"""``kind`` of a result (3.27.9); open, review and informational ask a person to look."""
_TAG = re.compile(r"(?:external/)?(cwe)[/-](?:cwe-)?0*(\d{1,6})", re.IGNORECASE)
_NOT_IN_A_WORD = re.compile(r"[^a-z0-9]+")
_MOST_RULES = 20_000


class _Run:
    """One run as far as it was read."""

    def __init__(self) -> None:
        self.tool: Tool | None = None
        self.order: list[str] = []
        self.rules: dict[str, Rule] = {}
        self.scored: set[str] = set()
        """Rules whose severity comes from a CVSS number, which says more than a result's level."""
        self.asset: Asset | None = None
        self.named = False
        """A result was read, so that what was scanned has its name."""


def read_log(reader: JsonReader, receiver: Receiver, file_name: str) -> None:
    """Read a log of runs. What was scanned is called after the file where a run does not say it.

    Raises:
        MalformedError: it is something else.
    """
    for key in reader.members("the log"):
        if key == "version":
            if (version := text(reader.value(), "version")) != "2.1.0":
                raise MalformedError(f"is SARIF {version[:20]}, not 2.1.0")
        elif key == "runs":
            for _ in reader.elements("runs"):
                _run(reader, receiver, file_name)
        else:
            reader.skip()


def _run(reader: JsonReader, receiver: Receiver, file_name: str) -> None:
    run = _Run()
    for key in reader.members("a run"):
        if key == "tool":
            _tool(reader, run)
        elif key == "versionControlProvenance":
            found = _repository(items(reader.value(), key))
            run.asset = run.asset if run.named else found
        elif key == "invocations":
            _invocations(items(reader.value(), key), receiver)
        elif key == "results":
            for _ in reader.elements(key):
                _result(mapping(reader.value(), "a result"), run, receiver, file_name)
        else:
            reader.skip()
    if run.tool is None:
        raise MalformedError("a run names no tool")
    receiver.asset(run.asset or Asset(kind="host", name=file_name), run.tool)


def _tool(reader: JsonReader, run: _Run) -> None:
    for key in reader.members("tool"):
        if key == "driver":
            run.tool = _driver(reader, run)
        elif key == "extensions":
            for _ in reader.elements(key):
                for part in reader.members("an extension"):
                    _rules(reader, run, []) if part == "rules" else reader.skip()
        else:
            reader.skip()


def _driver(reader: JsonReader, run: _Run) -> Tool:
    said: dict[str, str] = {}
    for key in reader.members("tool.driver"):
        if key == "rules":
            _rules(reader, run, run.order)
        elif key in ("name", "semanticVersion", "version"):
            said[key] = text(reader.value(), f"tool.driver.{key}")
        else:
            reader.skip()
    name = required(said.get("name"), "tool.driver.name")
    word = _NOT_IN_A_WORD.sub("-", name.lower()).strip("-")[:40] or "sarif"
    return Tool(word, name, said.get("semanticVersion") or said.get("version", ""))


def _rules(reader: JsonReader, run: _Run, order: list[str]) -> None:
    for _ in reader.elements("rules"):
        found = mapping(reader.value(), "a rule")
        rule = _rule(found)
        run.rules[rule.id] = rule
        order.append(rule.id)
        if _by_score(mapping(found.get("properties"), "properties")):
            run.scored.add(rule.id)
        if len(order) > _MOST_RULES or len(run.rules) > _MOST_RULES:
            raise MalformedError(f"has more than {_MOST_RULES} rules")


def _rule(found: dict[str, Any]) -> Rule:
    number = required(found.get("id"), "a rule's id")
    properties = mapping(found.get("properties"), "properties")
    tags = [text(each, "a tag") for each in items(properties.get("tags"), "tags")]
    level = text(mapping(found.get("defaultConfiguration"), "defaultConfiguration").get("level"), "level") or "warning"
    link = text(found.get("helpUri"), "helpUri")
    return Rule(
        id=number,
        title=_message(found, "shortDescription") or text(found.get("name"), "name") or number,
        severity=_by_score(properties) or _LEVELS.get(level, Severity.MEDIUM),
        rationale=_message(found, "fullDescription"),
        remediation=_message(found, "help"),
        references=tuple(dict.fromkeys((*_tagged(tags), *_related(found.get("relationships"))))),
        links=(link,) if link else (),
        finding_class="vulnerability" if "vulnerability" in [tag.lower() for tag in tags] else "",
    )


def _message(found: dict[str, Any], key: str) -> str:
    return shortened(mapping(found.get(key), key).get("text"))


def _tagged(tags: list[str]) -> list[Reference]:
    matches = [match for tag in tags if (match := _TAG.fullmatch(tag.partition(":")[0]))]
    return [Reference("CWE", match[2]) for match in matches]


def _related(relationships: Any) -> list[Reference]:
    """References to other taxonomies (3.53), each named by its component."""
    found = []
    for each in items(relationships, "relationships"):
        target = mapping(mapping(each, "a relationship").get("target"), "target")
        framework = text(mapping(target.get("toolComponent"), "toolComponent").get("name"), "name")
        number = text(target.get("id"), "id")
        if framework and number:
            found.append(Reference(framework, number.removeprefix("CWE-") if framework == "CWE" else number))
    return found


def _by_score(properties: dict[str, Any]) -> Severity | None:
    """The severity of a CVSS number (its version 3.1, table 14), which GitHub's ``security-severity`` holds."""
    try:
        score = float(text(properties.get("security-severity"), "security-severity"))
    except ValueError:
        return None
    limits = ((9.0, Severity.CRITICAL), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM))
    return next((severity for least, severity in limits if score >= least), Severity.LOW)


def _repository(found: list[Any]) -> Asset | None:
    for each in found:
        uri = text(mapping(each, "versionControlProvenance").get("repositoryUri"), "repositoryUri")
        if uri:
            return Asset(kind="host", name=uri.removesuffix(".git"), also=(uri,))
    return None


def _invocations(found: list[Any], receiver: Receiver) -> None:
    for each in found:
        invocation = mapping(each, "an invocation")
        at = moment(invocation.get("endTimeUtc")) or moment(invocation.get("startTimeUtc"))
        if at is not None:
            receiver.measured(at)
        if invocation.get("executionSuccessful") is False:
            receiver.unfinished(
                "the scanner says that it did not end well: what it did not look at is not in this file"
            )


def _result(found: dict[str, Any], run: _Run, receiver: Receiver, file_name: str) -> None:
    if run.tool is None:
        raise MalformedError("a run has its results before its tool")
    if found.get("baselineState") == "absent":
        receiver.left_out("results that the scanner says are gone")
        return
    run.named = True
    rule = _rule_of(found, run)
    receiver.rule(run.tool, rule)
    kind = text(found.get("kind"), "kind") or "fail"
    status = _STATUSES.get(kind, Status.ERROR)
    said = _message(found, "message")
    level = text(found.get("level"), "level")
    scored = _by_score(mapping(found.get("properties"), "properties"))
    muted = [mapping(each, "a suppression") for each in items(found.get("suppressions"), "suppressions")]
    muted = [each for each in muted if each.get("status", "accepted") == "accepted"]
    why = shortened(muted[0].get("justification")) if muted else ""
    receiver.finding(
        ForeignFinding(
            asset=run.asset or Asset(kind="host", name=file_name),
            tool=run.tool,
            rule=rule.id,
            subject=_location(found),
            status=status,
            severity=scored or (None if rule.id in run.scored else _LEVELS.get(level)) or rule.severity,
            observed={"said": said, **({"muted": True, "why muted": why} if muted else {})},
            reason=f"{run.tool.name} asks a person to look ({kind}): {said}" if status is Status.ERROR else "",
        )
    )


def _rule_of(found: dict[str, Any], run: _Run) -> Rule:
    """The rule of a result by id, or by its place among the driver's rules (3.27.6); one that is not described too."""
    reference = mapping(found.get("rule"), "rule")
    number = text(found.get("ruleId"), "ruleId") or text(reference.get("id"), "rule.id")
    index = found.get("ruleIndex", reference.get("index"))
    if not number and isinstance(index, int) and 0 <= index < len(run.order):
        number = run.order[index]
    if not number:
        raise MalformedError("a result names no rule")
    known = run.rules.get(number) or run.rules.get(number.rpartition("/")[0])
    return known or Rule(id=number, title=number, severity=_LEVELS.get(str(found.get("level")), Severity.MEDIUM))


def _location(found: dict[str, Any]) -> str:
    locations = items(found.get("locations"), "locations")
    first = mapping(locations[0], "a location") if locations else {}
    physical = mapping(first.get("physicalLocation"), "physicalLocation")
    uri = text(mapping(physical.get("artifactLocation"), "artifactLocation").get("uri"), "uri")
    line = text(mapping(physical.get("region"), "region").get("startLine"), "startLine")
    logical = [mapping(each, "a logical location") for each in items(first.get("logicalLocations"), "logicalLocations")]
    name = text(logical[0].get("fullyQualifiedName") or logical[0].get("name"), "name") if logical else ""
    return ": ".join(part for part in (f"{uri}:{line}" if uri and line else uri, name) if part)
