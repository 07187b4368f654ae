"""Reads XML as a stream: no document type, no entities, bounded depth and size, and the line of every mistake."""

from collections.abc import Collection, Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, iterparse

from baseline.imports.json_reader import Readable
from baseline.imports.refused import MalformedError

DEEPEST = 100
"""Nesting at most."""
MOST_ELEMENTS = 20_000
"""Elements within one that is given whole, at most."""
MOST_CHARACTERS = 4 << 20
"""Characters within one that is given whole, at most."""


class XmlReader:
    """Gives the elements wanted, in order, each whole; everything else is forgotten at once.

    ``line`` is where the parser is, for what is wrong with an element's content.
    """

    def __init__(self, stream: Readable) -> None:
        self._parser = DefusedXMLParser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
        self._events = iterparse(stream, events=("start", "end"), parser=self._parser)

    @property
    def line(self) -> int:
        """The line, 1-based, up to which was read."""
        expat: Any = self._parser.parser
        return int(expat.CurrentLineNumber)

    def elements(self, whole: Collection[str], opened: Collection[str]) -> Iterator[tuple[str, Element]]:
        """``("start", element)`` for those ``opened``, with only their attributes; ``("end", element)`` for those whole.

        Names are local ones.

        Raises:
            MalformedError: the text is not well-formed, has a document type, or is nested or sized as nothing real is.
        """
        try:
            yield from self._walk(whole, opened)
        except DefusedXmlException:
            raise MalformedError(
                "has a document type or entities, which can make a small file huge", self.line
            ) from None
        except ParseError as error:
            line, column = error.position
            raise MalformedError(f"is not XML: {str(error).partition(':')[0]}", line, column + 1) from None

    def _walk(self, whole: Collection[str], opened: Collection[str]) -> Iterator[tuple[str, Element]]:
        stack: list[Element] = []
        inside = elements = characters = 0
        for event, element in self._events:
            name = local_name(element)
            if event == "start":
                stack.append(element)
                if len(stack) > DEEPEST:
                    raise MalformedError(f"is nested more than {DEEPEST} deep", self.line)
                inside += name in whole
                elements = elements + 1 if inside else 0
                if elements > MOST_ELEMENTS:
                    raise MalformedError("holds a rule or result that is larger than any scanner writes", self.line)
                if name in opened:
                    yield "start", element
                continue
            stack.pop()
            characters = characters + _size(element) if inside else 0
            if characters > MOST_CHARACTERS:
                raise MalformedError("holds a rule or result that is larger than any scanner writes", self.line)
            if name in whole:
                inside -= 1
                if not inside:
                    elements = characters = 0
                    yield "end", element
            if not inside and stack:
                stack[-1].remove(element)
                stack[-1].text = None


def _size(element: Element) -> int:
    return len(element.text or "") + sum(len(key) + len(value) for key, value in element.items())


def local_name(element: Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, name: str) -> Iterator[Element]:
    """The direct children of this local name."""
    return (child for child in element if local_name(child) == name)


def content(element: Element | None) -> str:
    """All text of an element, in one piece with single spaces; empty for None."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def child_content(element: Element, name: str) -> str:
    """The text of the first child of this local name; empty when there is none."""
    return content(next(children(element, name), None))
