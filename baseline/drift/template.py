"""Templates: configurations in which ``{{ name }}`` stands for anything."""

import re

from baseline.models.errors import BaselineError

_VARIABLE = re.compile(r"\{\{.{0,200}?\}\}")
_STATEMENT = re.compile(r"\{%.{0,200}?%\}")


class TemplateError(BaselineError):
    """A template that cannot be compared with."""


def has_variable(text: str) -> bool:
    """Whether a line of a template stands for more than one line."""
    return "{{" in text and _VARIABLE.search(text) is not None


def fits(template: str, text: str) -> bool:
    """Whether a line is what the template says, with at least one character for each variable. Takes linear time.

    >>> fits("ip address {{ address }} 255.255.255.0", "ip address 192.0.2.1 255.255.255.0")
    True
    """
    first, *middle = _VARIABLE.split(template)
    if not middle:
        return template == text
    last = middle.pop()
    if not text.startswith(first) or not text.endswith(last):
        return False
    position, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, position + 1, end) if part else position + 1
        if found < 0:
            return False
        position = found + len(part)
    return position < end


def require_template(text: str, name: str) -> None:
    """Refuse a template that is empty or that must be filled in first.

    Raises:
        TemplateError: with the line to look at.
    """
    if not text.strip():
        raise TemplateError(f"{name} is empty")
    statement = _STATEMENT.search(text)
    if statement:
        line = text.count("\n", 0, statement.start()) + 1
        raise TemplateError(
            f"{name}:{line}: only {{{{ name }}}} is understood, not {statement[0][:60]!r}; fill it in first"
        )
