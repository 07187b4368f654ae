"""Which controls a scanner's rule answers, by the lines of other norms that it names; what is not listed stays open."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from baseline.content.catalogue import Catalogue
from baseline.content.document import load_document
from baseline.content.location import content_folder
from baseline.content.nearest import did_you_mean
from baseline.content.reading import Reading
from baseline.imports.finding import Reference, Rule
from baseline.models.errors import ContentError, Problem

FOLDER = "mappings"
CLASS = "finding class"
"""The framework whose numbers are the classes of findings: vulnerability, secret ..."""
_KEYS = ("frameworks", "source", "same_numbers", "controls")


class Mappings(msgspec.Struct, frozen=True):
    """Controls by framework and number, in lower case, and frameworks that use a norm's own numbers."""

    catalogue: Catalogue
    controls: dict[tuple[str, str], tuple[str, ...]]
    same_numbers: dict[str, str]

    def controls_of(self, rule: Rule) -> tuple[str, ...]:
        """The controls that are in force and answered by what a rule names, in the order of the catalogue.

        An ISO control that BIO2 takes over unchanged (a heading without a government measure) answers that heading too;
        a measure, which asks more, only when a table says so.
        """
        references = (*rule.references, *((Reference(CLASS, rule.finding_class),) if rule.finding_class else ()))
        found = {control for reference in references for control in self._of(reference)}
        taken_over = {
            other.id for control in found for other in self.catalogue.mapped_to(control) if other.status == "none"
        }
        return tuple(control for control in self.catalogue.controls if control in found | taken_over)

    def _of(self, reference: Reference) -> Iterable[str]:
        framework = reference.framework.lower()
        norm = self.same_numbers.get(framework)
        if norm is not None:
            number = reference.number if reference.number.upper().startswith("A.") else f"A.{reference.number}"
            control = self.catalogue.controls.get(f"{norm}:{number.upper()}")
            return (control.id,) if control is not None and control.status in ("measure", "none") else ()
        return self.controls.get((framework, reference.number.lower()), ())


def load_mappings(catalogue: Catalogue, folder: Path | None = None) -> Mappings:
    """Read every table in a folder; None: the shipped ``checks/mappings``.

    Raises:
        ContentError: a table is wrong, or names a control that is not there; it holds every problem.
    """
    problems: list[Problem] = []
    mappings = Mappings(catalogue, {}, {})
    for path in sorted((folder or content_folder("checks") / FOLDER).glob("*.yaml")):
        _read(path, mappings, problems)
    if problems:
        raise ContentError(problems)
    return mappings


def _read(path: Path, mappings: Mappings, problems: list[Problem]) -> None:
    document = load_document(path, problems)
    if document is None:
        return
    file = Reading(document, problems)
    file.only(_KEYS)
    frameworks = [name.lower() for name in file.texts("frameworks", required=True)]
    file.text("source", required=True)
    norm = file.text("same_numbers")
    if norm and norm not in mappings.catalogue.norms:
        file.report(
            ("same_numbers",), f"no norm '{norm}' in the catalogue", did_you_mean(norm, mappings.catalogue.norms)
        )
    mappings.same_numbers.update(dict.fromkeys(frameworks, norm) if norm else {})
    table = file.mapping("controls")
    for number in table.data if table is not None else ():
        controls = table.texts(number, required=True) if table is not None else ()
        _require_controls(file, number, controls, mappings.catalogue)
        mappings.controls.update({(framework, str(number).lower()): controls for framework in frameworks})


def _require_controls(file: Reading, number: str, controls: Iterable[str], catalogue: Catalogue) -> None:
    for index, name in enumerate(controls):
        control = catalogue.controls.get(name)
        if control is None or control.status not in ("measure", "none"):
            what = "is not in the catalogue" if control is None else "is not in force"
            file.report(("controls", number, index), f"'{name}' {what}", did_you_mean(name, catalogue.controls))
