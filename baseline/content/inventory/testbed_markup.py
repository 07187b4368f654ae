"""The markup of pyATS in texts: ``%ENV{NAME}`` is read; every other kind is refused with what to write instead.

The kinds are those of pyATS's own loader ("YAML File Markups" in the pyATS documentation). None of them is ever run.
"""

import os
import re
from collections.abc import Mapping
from typing import Literal

import msgspec

_MARKUP = re.compile(r"%(?P<kind>[A-Z_]{0,20})\{(?P<inside>[^{}]{0,1000})\}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,200}")
ELSEWHERE = 'write "%ENV{NAME}", or say custom: {baseline_password_command: [...]}'
"""Where a secret may be instead."""

_REFUSED = {
    "ASK": ("asks a person, and a check runs without one", 'export NAME, and write "%ENV{NAME}"'),
    "ENC": ("is encrypted with a key that only pyATS has", ELSEWHERE),
    "CLI": ("is an argument of pyATS's own command line", 'write "%ENV{NAME}" or the value itself'),
    "INCLUDE": ("includes another file", "name a file of the same folder in extends"),
    "CALLABLE": ("runs Python code, which an inventory may not", "write the value itself"),
}
_OTHER = ("refers to another value", "write the value itself")
_NOT_A_NAME = ("does not hold the name of an environment variable", 'write "%ENV{NAME}"')


class Refused(msgspec.Struct, frozen=True):
    """Why a text cannot be used, and what to write instead. Neither holds anything of the text."""

    message: str
    hint: str


class Kept(msgspec.Struct, frozen=True):
    """Where a secret is kept: the name of an environment variable."""

    environment: str


def plain_text(text: str, environment: Mapping[str, str] = os.environ) -> str | Refused:
    """The text with environment variables filled in, or why it cannot be had."""
    for found in _MARKUP.finditer(text):
        name = found["inside"].strip()
        if refused := _refusal(found["kind"], name):
            return refused
        if name not in environment:
            return Refused(f"the environment variable {name} is not set", f"export {name}=...")
    return _MARKUP.sub(lambda found: environment[found["inside"].strip()], text)


def secret_text(text: str) -> Kept | Refused | Literal["plain"]:
    """Where a secret is kept, why it cannot be had, or that it is in plain text."""
    found = _MARKUP.fullmatch(text.strip())
    if found is None:
        return "plain"
    name = found["inside"].strip()
    return _refusal(found["kind"], name) or Kept(name)


def _refusal(kind: str, inside: str) -> Refused | None:
    if kind == "ENV":
        return None if _NAME.fullmatch(inside) else Refused(*_NOT_A_NAME)
    message, hint = _REFUSED.get(kind, _OTHER)
    return Refused(f"%{kind}{{}} {message}", hint)
