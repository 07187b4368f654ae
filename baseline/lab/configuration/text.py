"""Turns indented templates into configuration lines."""

from textwrap import dedent


def block(template: str) -> list[str]:
    """The lines of a template without its common indentation and outer line breaks."""
    return dedent(template).strip("\n").split("\n")
