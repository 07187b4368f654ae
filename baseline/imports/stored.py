"""Imported rules as the store keeps them, and as checks for whoever shows results."""

from collections.abc import Iterable

import msgspec

from baseline.imports.finding import Rule, Tool
from baseline.models.check import AppliesTo, Check, Remediation
from baseline.models.result import Severity
from baseline.models.target import Kind
from baseline.store.records import CheckVersion

TAG = "imported"
"""Tag of every imported check."""


class ImportedCheck(msgspec.Struct, frozen=True, kw_only=True):
    """A scanner's rule with the controls that it answers. ``imported_from`` names the scanner and its version.

    ``references`` are the lines of other norms that the scanner names, such as ``CIS-2.0 1.5``.
    """

    imported_from: str
    kind: Kind
    title: str
    severity: Severity
    controls: tuple[str, ...]
    references: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    rationale: str = ""
    remediation: str = ""

    @classmethod
    def of(cls, rule: Rule, tool: Tool, kind: Kind, controls: tuple[str, ...]) -> "ImportedCheck":
        """A rule as it is kept."""
        return cls(
            imported_from=str(tool),
            kind=kind,
            title=rule.title,
            severity=rule.severity,
            controls=controls,
            references=tuple(f"{each.framework} {each.number}" for each in rule.references),
            links=rule.links,
            rationale=rule.rationale,
            remediation=rule.remediation,
        )

    def check(self, identifier: str) -> Check:
        """The rule in the form of our checks; it cannot judge anything."""
        mapped = "" if self.controls else " None of its references is mapped to a control."
        return Check(
            id=identifier,
            title=self.title,
            title_nl=self.title,
            controls=self.controls,
            severity=self.severity,
            applies_to=AppliesTo(kind=self.kind),
            expect=f"as {self.imported_from} judges it",
            rationale=f"Imported from {self.imported_from}.{mapped} {self.rationale}".strip(),
            tags=(TAG, identifier.partition(":")[0]),
            remediation=Remediation(text=self.remediation),
            references=(*self.references, *self.links),
        )


def stored_checks(versions: Iterable[CheckVersion]) -> dict[str, Check]:
    """Imported checks by id."""
    return {version.id: stored_check(version) for version in versions}


def stored_check(version: CheckVersion) -> Check:
    """One imported check as it was in a run."""
    return _DECODER.decode(version.document).check(version.id)


_DECODER = msgspec.json.Decoder(ImportedCheck)
