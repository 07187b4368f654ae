"""Removes values of named keys from JSON text as it streams by, without changing anything else in it."""

import json
import re
from collections.abc import Collection
from typing import NoReturn

from baseline.imports.credentials import without_credentials
from baseline.imports.refused import MalformedError
from baseline.imports.source import LONGEST_TOKEN, REMOVED

_TEXT = rb'"(?:[^"\\]++|\\.)*+"'
_WHOLE = re.compile(rb'(?:[^"]++|' + _TEXT + rb")*+", re.DOTALL)
"""As many whole texts, with what stands between them, as there are."""
_STRING = re.compile(_TEXT, re.DOTALL)
_TOKEN = re.compile(rb"(?P<structure>[{}\[\]])|" + _TEXT + rb"(?P<colon>\s*+:)?+", re.DOTALL)
_ESCAPED_KEY = re.compile(rb'"([^"\\]*+\\u(?:[^"\\]++|\\.)*+)"\s*+:', re.DOTALL)
_LONG_NUMBER = re.compile(rb"[0-9.eE+-]{400}")
"""No measurement has 400 digits: it is an attack on whoever computes with it."""

_MARK = b'"' + REMOVED + b'"'


class JsonRedactor:
    """Replaces every text below the keys named, whatever their nesting, by a mark; other bytes stay as they are."""

    def __init__(self, keys: Collection[str] = ()) -> None:
        self.removed = 0
        self._names = frozenset(keys)
        names = "|".join(re.escape(key) for key in keys) or "(?!)"
        self._key = re.compile(rb'"(?:' + names.encode() + rb')"\s*+(?P<colon>:\s*+)?+')
        self._rest = b""
        self._line = 1
        """The line on which ``_rest`` begins."""
        self._depth = 0
        """How deep we are in a secret value that is a list or a mapping."""
        self._closing = False

    def feed(self, block: bytes) -> bytes:
        """The redacted bytes up to the last text, or secret, that this block does not end.

        Raises:
            MalformedError: a text or number is longer than any scanner writes.
        """
        text = self._rest + block
        matched = _WHOLE.match(text)
        whole = matched.end() if matched else 0
        self._require_sense(text[:whole])
        out, done = self._redacted(text, whole)
        self._rest = text[done:]
        self._line += text.count(b"\n", 0, done)
        if len(self._rest) > LONGEST_TOKEN:
            raise MalformedError(f"holds a text longer than {LONGEST_TOKEN >> 20} MiB", self._line)
        return b"".join(out)

    def close(self) -> bytes:
        """What was held back; an unfinished text is left out, and the parser refuses what is left."""
        text, self._rest, self._closing = self._rest + b" ", b"", True
        matched = _WHOLE.match(text)
        out, _ = self._redacted(text, matched.end() if matched else 0)
        joined = b"".join(out)
        return joined[:-1] if joined.endswith(b" ") else joined + b'"'

    def _redacted(self, text: bytes, whole: int) -> tuple[list[bytes], int]:
        """The parts to pass on, and how far they go."""
        out: list[bytes] = []
        done = 0
        while done < whole:
            if self._depth:
                done, held = self._within_secret(text, done, whole, out)
                if held:
                    return out, done
                continue
            key = self._key.search(text, done, whole)
            out.append(self._cleaned(text[done : key.start() if key else whole]))
            if key is None:
                return out, whole
            if key.end() >= whole:
                return out, key.start()
            done = self._value(text, key, out)
        return out, done

    def _value(self, text: bytes, key: re.Match[bytes], out: list[bytes]) -> int:
        """Pass on a key with its value, or only with the value's beginning when that is a list or a mapping."""
        out.append(key.group())
        end = key.end()
        if key["colon"] is None:
            return end
        if text[end : end + 1] in (b"{", b"["):
            self._depth = 1
            out.append(text[end : end + 1])
            return end + 1
        string = _STRING.match(text, end)
        if string is None:
            return end
        out.append(self._mark(string.group()))
        return string.end()

    def _within_secret(self, text: bytes, done: int, whole: int, out: list[bytes]) -> tuple[int, bool]:
        """Go on in a secret list or mapping; True when its last text may be a key whose colon is still to come."""
        for token in _TOKEN.finditer(text, done, whole):
            out.append(text[done : token.start()])
            done = token.end()
            if token["structure"] is not None:
                self._depth += 1 if token["structure"] in b"{[" else -1
                out.append(token.group())
                if not self._depth:
                    return done, False
            elif token["colon"] is not None:
                out.append(token.group())
            elif text[done:whole].strip() or self._closing:
                out.append(self._mark(token.group()))
            else:
                return token.start(), True
        out.append(text[done:whole])
        return whole, False

    def _mark(self, string: bytes) -> bytes:
        if string in (b'""', _MARK):
            return string
        self.removed += 1
        return _MARK

    def _cleaned(self, text: bytes) -> bytes:
        cleaned, number = without_credentials(text)
        self.removed += number
        return cleaned

    def _require_sense(self, text: bytes) -> None:
        if _LONG_NUMBER.search(text):
            number = _LONG_NUMBER.search(_STRING.sub(_blank, text))
            if number is not None:
                self._refuse("holds a number of more than 400 digits", text, number.start())
        if b"\\u" in text:
            for key in _ESCAPED_KEY.finditer(text):
                if _decoded(key[1]) in self._names:
                    self._refuse("holds a key in a spelling that no scanner writes", text, key.start())

    def _refuse(self, message: str, text: bytes, at: int) -> NoReturn:
        raise MalformedError(message, self._line + text.count(b"\n", 0, at))


def _blank(string: re.Match[bytes]) -> bytes:
    return b" " * len(string.group())


def _decoded(key: bytes) -> str:
    try:
        return str(json.loads(b'"' + key + b'"'))
    except ValueError:
        return ""
