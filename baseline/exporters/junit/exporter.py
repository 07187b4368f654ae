"""JUnit XML as Jenkins, GitLab and Azure Pipelines read it.

A waived fail and what is not applicable are ``skipped`` with the reason; what could not be checked is ``error``, never
passed. There is no schema of JUnit's own; the elements are those of the Apache Ant task that first wrote it.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

from baseline.exporters.interface import Material
from baseline.models.result import Result, Status

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets)."""

_ELEMENT = {Status.FAIL: "failure", Status.ERROR: "error", Status.WAIVED: "skipped", Status.NOT_APPLICABLE: "skipped"}


class JunitExporter:
    """Writes a ``testsuite`` per target."""

    def write(self, material: Material, destination: BinaryIO) -> None:
        """Write all suites; those of one target are in memory at a time."""
        destination.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="baseline">\n')
        for target, results in groupby(material.results(), key=lambda result: result.target):
            destination.writelines(
                line.encode("utf-8", "xmlcharrefreplace") + b"\n" for line in _suite(material, target, list(results))
            )
        destination.write(b"</testsuites>\n")


def _suite(material: Material, target: str, results: list[Result]) -> Iterator[str]:
    kinds = [_ELEMENT.get(result.status) for result in results]
    yield (
        f'<testsuite name={_attribute(target)} tests="{len(results)}" failures="{kinds.count("failure")}" '
        f'errors="{kinds.count("error")}" skipped="{kinds.count("skipped")}" '
        f'timestamp="{max(result.measured_at for result in results):%Y-%m-%dT%H:%M:%S}">'
    )
    for result in results:
        yield from _case(material, result)
    yield "</testsuite>"


def _case(material: Material, result: Result) -> Iterator[str]:
    name = f"{material.title(result.check)} [{result.subject}]" if result.subject else material.title(result.check)
    opening = f"<testcase classname={_attribute(result.check)} name={_attribute(name)}"
    element = _ELEMENT.get(result.status)
    if element is None:
        yield f"{opening}/>"
        return
    yield f"{opening}>"
    kind = "" if element == "skipped" else f" type={_attribute(str(result.severity))}"
    yield f"<{element} message={_attribute(_message(material, result))}{kind}/>"
    yield "</testcase>"


def _message(material: Material, result: Result) -> str:
    if result.status is Status.WAIVED:
        waiver = material.waivers.get(result.waiver or "")
        told = f": {waiver.reason} (until {waiver.ends})" if waiver else ""
        return f"waived by {result.waiver}{told}; expected {result.expected}"
    if result.status is Status.FAIL:
        observed = ", ".join(f"{path} = {value}" for path, value in result.observed.items())
        return f"expected {result.expected}; observed {observed or 'nothing'}"
    return f"{result.status}: {result.reason or 'no reason was given'}"


def _attribute(text: str) -> str:
    """The text as an attribute's value, in quotes."""
    return quoteattr(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
