"""Removes what OVAL collected from a host, and what scripts printed, from XML as it streams by.

System characteristics hold lines of files, hashes of passwords and the like; a result does not need them.
"""

import re

from baseline.imports.credentials import without_credentials
from baseline.imports.refused import MalformedError
from baseline.imports.source import LONGEST_TOKEN, REMOVED

SECRET_ELEMENTS = (
    "oval_system_characteristics",
    "collected_objects",
    "system_data",
    "check-import",
    "sub_check_output",
)
"""Elements, whatever their prefix, whose texts are removed: of OVAL 5, XCCDF 1.2 and OCIL 2."""

_PART = re.compile(
    rb"<!--(?:[^-]++|-(?!->))*+-->"
    rb"|<!\[CDATA\[(?:[^\]]++|\](?!\]>))*+\]\]>"
    rb"|<\?(?:[^?]++|\?(?!>))*+\?>"
    rb"|<(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>"
    rb"|[^<]++",
    re.DOTALL,
)
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,60})[\"']")
_DECLARATION_LENGTH = 400
_NAME = re.compile(rb"<(/?)(?:[\w.-]+:)?([\w.-]+)")
_SECRET = re.compile(rb"<(?:[\w.-]+:)?(?:" + "|".join(SECRET_ELEMENTS).encode() + rb")[\s/>]")


class XmlRedactor:
    """Replaces texts within secret elements by a mark; every line end stays."""

    def __init__(self) -> None:
        self.removed = 0
        self._rest = b""
        self._started = False
        self._line = 1
        self._secret = b""
        """Name of the outermost secret element that we are in; empty outside one."""
        self._depth = 0

    def feed(self, block: bytes) -> bytes:
        """The redacted bytes up to the last tag or text that this block does not end.

        Raises:
            MalformedError: a tag or text is longer than any scanner writes.
        """
        text = self._rest + block
        if not self._started and len(text) >= _DECLARATION_LENGTH:
            self._require_utf8(text)
        if not self._started:
            self._rest = text
            return b""
        out: list[bytes] = []
        done = self._passed(text, out)
        self._rest = text[done:]
        self._line += text.count(b"\n", 0, done)
        if len(self._rest) > LONGEST_TOKEN:
            raise MalformedError(f"holds a tag or text longer than {LONGEST_TOKEN >> 20} MiB", self._line)
        return b"".join(out)

    def close(self) -> bytes:
        """What was held back: white space, or what the parser refuses."""
        text, self._rest = self._rest, b""
        if not self._started:
            self._require_utf8(text)
        return self._text(text) if self._secret else without_credentials(text)[0]

    def _require_utf8(self, text: bytes) -> None:
        """Another encoding would hide from us what the parser sees."""
        self._started = True
        declared = _DECLARED.match(text)
        if declared is not None and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
            raise MalformedError(f"is declared as {declared[1][:40].decode()}, not UTF-8; convert it first", 1)

    def _passed(self, text: bytes, out: list[bytes]) -> int:
        """Pass on whole parts. Outside secret elements everything up to the next one is one part."""
        done = 0
        while done < len(text):
            if not self._secret:
                found = _SECRET.search(text, done)
                end = found.start() if found else max(done, text.rfind(b"<", done))
                cleaned, number = without_credentials(text[done:end])
                out.append(cleaned)
                self.removed += number
                done = end
                if found is None:
                    return done
            part = _PART.match(text, done)
            if part is None or (part.end() == len(text) and not part.group().endswith(b">")):
                return done
            out.append(self._part(part.group()))
            done = part.end()
        return done

    def _part(self, part: bytes) -> bytes:
        if not part.startswith(b"<") or part.startswith((b"<![CDATA[", b"<!--")):
            return self._text(part)
        name = _NAME.match(part)
        if name is None:
            return part
        if not self._secret:
            self._secret = name[2]
        if name[2] == self._secret and not part.endswith(b"/>"):
            self._depth += -1 if name[1] else 1
        if not self._depth:
            self._secret = b""
        return part

    def _text(self, part: bytes) -> bytes:
        if not part.strip() or part.strip() == REMOVED:
            return part
        self.removed += 1
        return REMOVED + b"\n" * part.count(b"\n")
