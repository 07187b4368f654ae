"""Says what is wrong with a check beyond its form: expressions, controls, examples."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from baseline.content.checks.compiled import (
    CheckExpressionError,
    CompiledCheck,
    compile_check,
    known_sections,
    parse_path,
)
from baseline.content.checks.example_facts import FactsValidator
from baseline.content.checks.reader import EXAMPLE_EXTRAS
from baseline.content.document import Document
from baseline.content.expression.engine import TARGET_FIELDS
from baseline.content.expression.program import ExpressionError
from baseline.content.fact_schema import FACT_MODELS, SectionOf, resolve, section_fields, sections_used
from baseline.content.nearest import did_you_mean
from baseline.models.check import Check
from baseline.models.errors import Problem

NEEDED_EXAMPLES = ("pass", "fail", "error")

_UNDEFINED_FIELD = re.compile(r"undefined field '(?P<field>[^']+)' not found in struct 'facts\.(?P<section>\w+)'")
_UNDECLARED = re.compile(r"undeclared reference to '(?P<name>[^']+)'")


def lint_check(
    check: Check, document: Document, controls: Collection[str] | None
) -> tuple[CompiledCheck | None, list[Problem]]:
    """Compile a check and list its problems. ``controls`` are the ids that exist; None leaves them unchecked."""
    problems: list[Problem] = []
    compiled = _compile(check, document, problems) if check.expect else None
    _lint_subjects(check, document, problems)
    _lint_controls(check, document, controls, problems)
    _lint_observe(check, document, problems)
    _lint_examples(check, document, problems)
    if compiled is not None and not compiled.needs:
        problems.append(document.problem(("expect",), "reads no fact", "a check that reads nothing says nothing"))
    return compiled, problems


def _compile(check: Check, document: Document, problems: list[Problem]) -> CompiledCheck | None:
    try:
        return compile_check(check)
    except CheckExpressionError as error:
        problems += [_expression_problem(check, document, key, wrong) for key, wrong in error.errors.items()]
        return None


def _expression_problem(check: Check, document: Document, key: str, error: ExpressionError) -> Problem:
    keys = ("applies_to", "when") if key == "when" else (key,)
    line, column = document.value_position(keys, error.line, error.column)
    hint = _hint(check, error.message)
    return Problem(path=document.path, line=line, column=column, message=f"in '{key}': {error.message}", hint=hint)


def _hint(check: Check, message: str) -> str:
    if found := _UNDEFINED_FIELD.search(message):
        sections = {section.model.__name__: section for section in _sections(check)}
        section = sections.get(found["section"])
        return did_you_mean(found["field"], section.fields) if section else ""
    if found := _UNDECLARED.search(message):
        names = known_sections(check.applies_to.kind) + ("params", "target", "now") + (("item",) if check.each else ())
        return did_you_mean(found["name"].split(".")[0], names)
    return ""


def _sections(check: Check) -> list[SectionOf]:
    return [SectionOf(model) for model in sections_used(FACT_MODELS[check.applies_to.kind])]


def _lint_subjects(check: Check, document: Document, problems: list[Problem]) -> None:
    if check.each and check.when_empty is None:
        hint = "say what an empty list means: pass, fail, error or not_applicable"
        problems.append(document.problem(("each",), "'when_empty' is missing", hint))
    if check.each and not check.subject:
        problems.append(document.problem(("each",), "'subject' is missing", "for example: subject: item.name"))
    if not check.each:
        alone = [key for key in ("where", "subject", "when_empty") if getattr(check, key)]
        problems += [document.problem((key,), f"'{key}' goes with 'each'") for key in alone]


def _lint_controls(check: Check, document: Document, controls: Collection[str] | None, problems: list[Problem]) -> None:
    if controls is None:
        return
    for index, control in enumerate(check.controls):
        if control not in controls:
            hint = did_you_mean(control, controls)
            problems.append(document.problem(("controls", index), f"there is no control '{control}'", hint))
    norms = {control.partition(":")[0] for control in check.controls}
    missing = [norm for norm in ("bio2", "iso27001") if norm not in norms]
    problems += [document.problem(("controls",), f"names no {norm} control") for norm in missing]


def _lint_observe(check: Check, document: Document, problems: list[Problem]) -> None:
    model = FACT_MODELS[check.applies_to.kind]
    each = tuple(check.each.split(".")) if check.each else ()
    for index, text in enumerate(check.observe):
        path = parse_path(text)
        if path[:1] == ("target",) and path[1:2] and path[1] in TARGET_FIELDS:
            continue
        rooted = (*each, "*", *path[1:]) if each and path[:1] == ("item",) else path
        schema_path = tuple("*" if part.startswith("[") else part for part in rooted)
        if resolve(model, schema_path) is None:
            hint = did_you_mean(path[0], (*section_fields(model), *(("item",) if each else ())))
            problems.append(document.problem(("observe", index), f"there is no fact '{text}'", hint))


def _lint_examples(check: Check, document: Document, problems: list[Problem]) -> None:
    given = {example.expectation for example in check.examples}
    missing = [name for name in NEEDED_EXAMPLES if name not in given]
    if missing:
        problems.append(document.problem(("examples",), f"has no example of: {', '.join(missing)}"))
    if check.applies_to.when and "not_applicable" not in given:
        problems.append(document.problem(("examples",), "has a 'when' but no example of: not_applicable"))
    validator = FactsValidator(document, problems)
    section = SectionOf(FACT_MODELS[check.applies_to.kind])
    for keys, item in _written_examples(document):
        _lint_example(check, item, keys, validator, section, document, problems)


def _written_examples(document: Document) -> Iterator[tuple[tuple[str, str, int], dict[str, Any]]]:
    examples = document.data.get("examples")
    for expectation, items in examples.items() if isinstance(examples, dict) else ():
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                yield ("examples", expectation, index), item


def _lint_example(
    check: Check,
    item: dict[str, Any],
    keys: tuple[str, str, int],
    validator: FactsValidator,
    section: SectionOf,
    document: Document,
    problems: list[Problem],
) -> None:
    for name, value in item.items():
        if name not in EXAMPLE_EXTRAS:
            field = section.fields.get(name)
            if field is None:
                hint = did_you_mean(name, (*section.fields, *EXAMPLE_EXTRAS))
                problems.append(document.problem((*keys, name), f"there is no fact '{name}'", hint))
            else:
                validator.validate(value, field.type, (*keys, name))
    params = item.get("params")
    for name in params if isinstance(params, dict) else ():
        if name not in check.params:
            hint = did_you_mean(name, check.params)
            problems.append(document.problem((*keys, "params", name), f"there is no parameter '{name}'", hint))
