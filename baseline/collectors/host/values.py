"""Reading single values; what cannot be read is Unknown, with the text that stood there."""

import re
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeVar, get_args

from baseline.models.facts.fact import Fact, Unknown

Word = TypeVar("Word", bound=str)
NUMBER_OR_WORD = re.compile(r"[0-9]+|[a-z]+")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def integer(text: str | None, what: str = "a number") -> Fact[int]:
    """A decimal number of at most 18 digits, with or without a minus sign."""
    digits = (text or "").strip()
    if digits.removeprefix("-").isdecimal() and digits.isascii() and len(digits) < 19:
        return int(digits)
    return unreadable(text, what)


def yes_no(text: str | None, what: str = "yes or no") -> Fact[bool]:
    """``yes`` or ``no`` in any case; also true/false, on/off and 1/0 as systemd and others write them."""
    word = (text or "").strip().lower()
    if word in {"yes", "true", "on", "1"}:
        return True
    return False if word in {"no", "false", "off", "0"} else unreadable(text, what)


def one_of(text: str | None, words: object, what: str = "a known word") -> Fact[Word]:
    """One of the words of a ``Literal``."""
    if text in get_args(words):
        return text  # type: ignore[return-value] # checked against the Literal just now
    return unreadable(text, what)


def unreadable(text: str | None, what: str) -> Unknown:
    """The reason for a value that does not look as it should."""
    return Unknown(f"the answer lacks {what}" if text is None else f"not {what}: {text[:80]!r}")


def date_of_day(days: str) -> Fact[str | None]:
    """ISO date of a day counted from 1970 (shadow(5)); None when the field is empty."""
    if not days:
        return None
    number = integer(days, "a day")
    if isinstance(number, Unknown) or not 0 <= number < 2_900_000:
        return unreadable(days, "a day")
    return (EPOCH + timedelta(days=number)).date().isoformat()


def mode_digits(octal: str) -> str | None:
    """Permissions as four octal digits; None when it is no such number."""
    return octal.zfill(4) if 0 < len(octal) <= 4 and set(octal) <= set("01234567") else None


def version_order(version: str) -> tuple[tuple[int, int | str], ...]:
    """A key that sorts versions by their numbers: 6.1.0-9 before 6.1.0-10, 1.9.9 before 1.9.13p3."""
    parts = NUMBER_OR_WORD.findall(version.lower())
    return tuple((1, int(part[:18])) if part[0].isdigit() else (0, part) for part in parts)


Permission = Literal["group_readable", "group_writable", "other_readable", "other_writable"]


def permissions(mode: str) -> dict[Permission, bool]:
    """What four octal digits grant to the group and to everyone."""
    bits = int(mode, 8)
    return {
        "group_readable": bool(bits & 0o040),
        "group_writable": bool(bits & 0o020),
        "other_readable": bool(bits & 0o004),
        "other_writable": bool(bits & 0o002),
    }
