"""What Windows answered: one JSON document between two marks, taken apart with everything in it doubted."""

import re
from typing import Any, TypeVar

import msgspec

from baseline.collectors.host.redaction import redact
from baseline.collectors.host.transcript import CONTROL_CHARACTERS
from baseline.models.errors import CollectError
from baseline.models.facts.fact import NOT_COLLECTED, Unknown

FORM = 1
"""The form of the answer that this reads."""
MAXIMUM_DEPTH = 12
_HINT = "log in by hand and see what PowerShell prints; constrained language mode does not run the script"
_PRINTABLE = re.compile(r"[^ -~]+")
_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_|<[^>]{0,200}>|#< CLIXML")

Form = TypeVar("Form")


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of the script that ran, by name: what each found, or why it did not."""

    elevated: bool
    seconds: int
    parts: dict[str, Any]
    asked: tuple[str, ...]
    """The parts that the script was to run."""

    def part(self, name: str, form: type[Form]) -> Form | Unknown:
        """What a part found, in its form; Unknown with the reason when it failed, is missing or has another form."""
        if name not in self.asked:
            return NOT_COLLECTED
        told = self.parts.get(name)
        if not isinstance(told, dict):
            return Unknown(f"Windows did not answer about {name}")
        if "error" in told:
            return Unknown(f"Windows could not tell of {name}: {_plain(told['error'])}{self._advice()}")
        try:
            return msgspec.convert(told.get("value"), form, strict=True)
        except (msgspec.ValidationError, RecursionError) as error:
            return Unknown(f"the answer about {name} has another form than is known: {_plain(error)}")

    def _advice(self) -> str:
        return "" if self.elevated else "; log in as an administrator"


class _Document(msgspec.Struct, frozen=True, kw_only=True):
    form: int
    elevated: bool
    seconds: int
    parts: dict[str, Any]


def read_answer(output: bytes, complaint: bytes, mark: str, asked: tuple[str, ...]) -> Answer:
    """The answer in what PowerShell wrote; whatever stands around it is not looked at.

    Raises:
        CollectError: ``unparsable``, there is no whole answer, or it has another form.
    """
    text = _text(output, mark)
    _, begun, rest = text.partition(f"{mark} begin")
    body, ended, _ = rest.partition(f"{mark} end")
    if not begun:
        said = _plain(_ESCAPE.sub(" ", _decoded(complaint or output)[:4000]))
        raise CollectError("unparsable", f"PowerShell did not run the script; it said: {said!r}", _HINT)
    if not ended:
        raise CollectError("unparsable", "the answer of Windows breaks off", "try again; see its event log")
    try:
        document = msgspec.json.decode(re.sub(r"[\r\n]", "", body), type=_Document)
        parts = _cleaned(document.parts)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise CollectError("unparsable", f"the answer of Windows is not as it should be: {_plain(error)}") from error
    if document.form != FORM:
        raise CollectError("unparsable", f"the answer of Windows has form {document.form}, not {FORM}")
    return Answer(elevated=document.elevated, seconds=document.seconds, parts=parts, asked=asked)


def _text(output: bytes, mark: str) -> str:
    """The output as text; a console may write UTF-16."""
    if mark.encode("utf-16-le") in output:
        start = output.index(mark.encode("utf-16-le"))
        return output[start % 2 :].decode("utf-16-le", "replace")
    return output.decode("utf-8", "replace")


def _decoded(output: bytes) -> str:
    return output.replace(b"\0", b"").decode("utf-8", "replace")


def _cleaned(value: Any, depth: int = 0) -> Any:
    """The value without secrets and without characters that could deceive a terminal."""
    if depth > MAXIMUM_DEPTH:
        raise RecursionError(f"it is nested deeper than {MAXIMUM_DEPTH} levels")
    if isinstance(value, dict):
        return {_clean(name): _cleaned(inner, depth + 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner, depth + 1) for inner in value]
    return _clean(value) if isinstance(value, str) else value


def _clean(text: str) -> str:
    return CONTROL_CHARACTERS.sub("\ufffd", redact(text))


def _plain(value: object) -> str:
    """Words of somebody else for a person: short, on one line."""
    return _PRINTABLE.sub(" ", str(value)).strip()[:200]
