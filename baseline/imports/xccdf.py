"""OpenSCAP: XCCDF 1.1 and 1.2 results, by themselves or within an ARF report (NISTIR 7275, NISTIR 7694)."""

from xml.etree.ElementTree import Element

from baseline.imports.fields import moment, severity_of
from baseline.imports.finding import Asset, ForeignFinding, Receiver, Reference, Rule, Tool, shortened
from baseline.imports.refused import MalformedError
from baseline.imports.xml_reader import XmlReader, child_content, children, content, local_name
from baseline.models.result import Status

NAMESPACE = "http://checklists.nist.gov/xccdf/"
WHOLE = ("Rule", "rule-result", "target", "target-address", "target-facts", "target-id-ref")
OPENED = ("TestResult", "Benchmark")

_STATUSES = {
    "pass": Status.PASS,
    "fixed": Status.PASS,
    "fail": Status.FAIL,
    "notapplicable": Status.NOT_APPLICABLE,
}
"""Results of XCCDF 1.2, table 26. ``error``, ``unknown``, ``notchecked`` and ``informational`` decide nothing."""
_REASONS = {
    "error": "the scanner met an error",
    "unknown": "the scanner could not tell",
    "notchecked": "the scanner did not check this: no automatic test, or a person must look",
    "informational": "the rule only informs",
}
_PREFIX = "xccdf_"
_FRAMEWORKS = (
    ("nvd.nist.gov/cce", "CCE"),
    ("ncp.nist.gov/cce", "CCE"),
    ("cce.mitre.org", "CCE"),
    ("SP.800-53", "NIST-800-53"),
    ("sp/800/53", "NIST-800-53"),
    ("SP-800-53", "NIST-800-53"),
    ("iso.org/contents/data/standard/05/45/54534", "ISO27001-2013"),
    ("iso.org/standard/54534", "ISO27001-2013"),
    ("iso.org/standard/27001", "ISO27001-2022"),
    ("iso.org/standard/82875", "ISO27001-2022"),
    ("cisecurity.org/controls", "CIS-controls"),
    ("cisecurity.org/benchmark", "CIS-benchmark"),
    ("pcisecuritystandards", "PCI-DSS"),
    ("isaca.org", "COBIT"),
    ("public.cyber.mil/stigs", "STIG"),
)
"""Part of an address or system -> the norm that it means. 54534 is ISO's page of 27001:2013, 82875 that of 27001:2022."""


class _Scan:
    """The TestResult that is being read, as far as it was."""

    def __init__(self, tool: Tool) -> None:
        self.tool = tool
        self.names: list[str] = []
        self.asset: Asset | None = None

    def what(self) -> Asset:
        """The host, once its names were read."""
        if self.asset is None:
            if not self.names:
                raise MalformedError("a TestResult names no target before its results")
            names = list(dict.fromkeys(self.names))
            self.asset = Asset(kind="host", name=names[0], also=tuple(names[1:]))
        return self.asset


def read_results(reader: XmlReader, receiver: Receiver) -> None:
    """Read every TestResult, and the rules that stand before it.

    Raises:
        MalformedError: there is none, or it is not as XCCDF has it.
    """
    scan: _Scan | None = None
    for event, element in reader.elements(WHOLE, OPENED):
        name = local_name(element)
        if not str(element.tag).startswith(f"{{{NAMESPACE}"):
            continue
        try:
            if event == "start" and name == "TestResult":
                scan = _scan(element, receiver)
            elif name == "Rule":
                receiver.rule(OPENSCAP, _rule(element))
            elif name == "rule-result":
                _result(element, _require(scan), receiver)
            elif event == "end" and scan is not None:
                _name(element, name, scan)
        except MalformedError as error:
            raise MalformedError(error.message, error.line or reader.line) from None
    _require(scan)


OPENSCAP = Tool("openscap", "OpenSCAP", "")
"""Rules stand before the scanner's version, which is added when it is known."""


def _require(scan: _Scan | None) -> _Scan:
    if scan is None:
        raise MalformedError("holds no XCCDF TestResult; write one with: oscap xccdf eval --results or --results-arf")
    return scan


def _scan(element: Element, receiver: Receiver) -> _Scan:
    """``test-system`` is a CPE name: ``cpe:/a:redhat:openscap:1.3.7``."""
    parts = element.get("test-system", "").split(":")
    version = parts[4] if len(parts) > 4 else ""
    at = moment(element.get("end-time")) or moment(element.get("start-time"))
    if at is not None:
        receiver.measured(at)
    return _Scan(Tool(OPENSCAP.word, OPENSCAP.name, version))


def _name(element: Element, name: str, scan: _Scan) -> None:
    if name in ("target", "target-address"):
        scan.names.extend(
            text for text in (content(element),) if text and not text.startswith(("127.", "::1", "0:0:0"))
        )
    elif name == "target-facts":
        facts = {fact.get("name", ""): content(fact) for fact in children(element, "fact")}
        wanted = ("urn:xccdf:fact:asset:identifier:fqdn", "urn:xccdf:fact:asset:identifier:host_name")
        scan.names.extend(facts[name] for name in wanted if facts.get(name))


def _rule(element: Element) -> Rule:
    links = tuple(dict.fromkeys(href for each in children(element, "reference") if (href := each.get("href", ""))))
    return Rule(
        id=_short_id(element.get("id", "")),
        title=shortened(child_content(element, "title")) or _short_id(element.get("id", "")),
        severity=severity_of(element.get("severity")),
        rationale=shortened(child_content(element, "rationale") or child_content(element, "description")),
        remediation=shortened(child_content(element, "fixtext")),
        references=tuple(dict.fromkeys(_references(element))),
        links=links[:20],
        finding_class="misconfiguration",
    )


def _references(element: Element) -> list[Reference]:
    found = []
    for each in children(element, "reference"):
        framework = _framework(each.get("href", ""))
        found += [Reference(framework, number) for number in _numbers(content(each)) if framework]
    for each in children(element, "ident"):
        framework = _framework(each.get("system", ""))
        if framework and content(each):
            found.append(Reference(framework, content(each)))
    return found


def _numbers(text: str) -> list[str]:
    return [number.strip() for number in text.split(",") if number.strip()][:50]


def _framework(address: str) -> str:
    return next((framework for part, framework in _FRAMEWORKS if part.lower() in address.lower()), "")


def _result(element: Element, scan: _Scan, receiver: Receiver) -> None:
    word = child_content(element, "result")
    receiver.asset(scan.what(), scan.tool)
    if word == "notselected":
        receiver.left_out("rules that the profile does not select")
        return
    if not word:
        raise MalformedError("a rule-result holds no result")
    status = _STATUSES.get(word, Status.ERROR)
    messages = shortened("; ".join(text for each in children(element, "message") if (text := content(each))))
    reason = _REASONS.get(word, f"the scanner says {word[:40]}") if status is Status.ERROR else ""
    receiver.finding(
        ForeignFinding(
            asset=scan.what(),
            tool=scan.tool,
            rule=_short_id(element.get("idref", "")),
            subject=", ".join(text for each in children(element, "instance") if (text := content(each))),
            status=status,
            severity=severity_of(element.get("severity")),
            observed={"result": word, **({"said": messages} if messages else {})},
            reason=f"{reason}: {messages}" if reason and messages else reason,
        )
    )


def _short_id(identifier: str) -> str:
    """``xccdf_org.ssgproject.content_rule_sshd_disable_root_login`` -> ``sshd_disable_root_login`` (XCCDF 1.2, 6.2.3)."""
    if not identifier:
        raise MalformedError("a rule has no id")
    return identifier.partition("_rule_")[2] or identifier if identifier.startswith(_PREFIX) else identifier
