"""Secrets as devices, hosts and clouds write them, each made up for this test and looked for afterwards.

``«kind»`` or ``«kind|shape»`` in a text stands for a secret: a value of that shape is put there, and no part of it that
could be used may be found anywhere later.
"""

import base64
import json
import random
import re
import string
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

LETTERS = string.ascii_letters + string.digits
PLACE = re.compile(r"«([\w-]+)(?:\|([\w-]+))?»")


def _word(chance: random.Random, length: int = 20, alphabet: str = LETTERS) -> str:
    return "".join(chance.choices(alphabet, k=length))


def _base64(chance: random.Random, size: int) -> str:
    return base64.b64encode(chance.randbytes(size)).decode()


def _pem(chance: random.Random, label: str) -> tuple[str, list[str]]:
    lines = [_word(chance, 64) for _ in range(4)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"]), lines


def _jwt(chance: random.Random) -> tuple[str, list[str]]:
    head = base64.urlsafe_b64encode(b'{"alg":"RS256","typ":"JWT"}').rstrip(b"=").decode()
    body, mark = base64.urlsafe_b64encode(chance.randbytes(60)).decode(), _word(chance, 43)
    return f"{head}.{body}.{mark}", [body, mark]


Shape = Callable[[random.Random], tuple[str, list[str]]]
"""Makes the text of a secret, and the parts of it that must not be found."""


def _one(make: Callable[[random.Random], str]) -> Shape:
    def shape(chance: random.Random) -> tuple[str, list[str]]:
        text = make(chance)
        return text, [text]

    return shape


def _tail(prefix: str, make: Callable[[random.Random], str]) -> Shape:
    """What comes after a prefix is the secret; the prefix says of what kind it is, and may stay."""

    def shape(chance: random.Random) -> tuple[str, list[str]]:
        tail = make(chance)
        return prefix + tail, [tail]

    return shape


SHAPES: dict[str, Shape] = {
    "word": _one(lambda c: "Zk" + _word(c, 14)),
    "hard": _one(lambda c: "Q#" + _word(c, 6) + "!%^*" + _word(c, 6)),
    "type7": _one(lambda c: "08" + _word(c, 22, "0123456789ABCDEF")),
    "hex32": _one(lambda c: _word(c, 32, "0123456789abcdef")),
    "hex40": _one(lambda c: _word(c, 40, "0123456789abcdef")),
    "hex64": _one(lambda c: _word(c, 64, "0123456789abcdef")),
    "hex0x": _one(lambda c: "0x" + _word(c, 32, "0123456789abcdef")),
    "type5": _tail("$1$", lambda c: f"{_word(c, 4)}${_word(c, 22)}"),
    "type8": _tail("$8$", lambda c: f"{_word(c, 14)}${_word(c, 43)}"),
    "type9": _tail("$9$", lambda c: f"{_word(c, 14)}${_word(c, 43)}"),
    "sha512": _tail("$6$", lambda c: f"{_word(c, 12)}${_word(c, 86)}"),
    "sha256": _tail("$5$", lambda c: f"{_word(c, 12)}${_word(c, 43)}"),
    "yescrypt": _tail("$y$", lambda c: f"j9T${_word(c, 22)}${_word(c, 43)}"),
    "bcrypt": _tail("$2b$", lambda c: f"12${_word(c, 53)}"),
    "apr1": _tail("$apr1$", lambda c: f"{_word(c, 8)}${_word(c, 22)}"),
    "argon2": _tail("$argon2id$", lambda c: f"v=19$m=65536,t=3,p=4${_word(c, 22)}${_word(c, 43)}"),
    "ssha": _tail("{SSHA}", lambda c: _base64(c, 28)),
    "junos9": _tail("$9$", lambda c: _word(c, 26)),
    "aq": _one(lambda c: "-AQ==" + _base64(c, 40)),
    "enc": _one(lambda c: _base64(c, 60)),
    "b64": _one(lambda c: _base64(c, 32)),
    "b64-64": _one(lambda c: _base64(c, 64)),
    "jwt": _jwt,
    "aws-secret": _one(lambda c: _word(c, 40, LETTERS + "/+")),
    "github": _tail("ghp_", lambda c: _word(c, 36)),
    "gitlab": _tail("glpat-", lambda c: _word(c, 20)),
    "slack": _tail("xoxb-", lambda c: f"{_word(c, 11, string.digits)}-{_word(c, 24)}"),
    "google": _tail("AIza", lambda c: _word(c, 35)),
    "vault": _tail("hvs.", lambda c: _word(c, 90)),
    "entra": _one(lambda c: f"{_word(c, 3)}8Q~{_word(c, 34)}"),
    "stripe": _tail("sk_live_", lambda c: _word(c, 24)),
    "age": _tail("AGE-SECRET-KEY-1", lambda c: _word(c, 58, string.ascii_uppercase + string.digits)),
    "grub": _tail(
        "grub.pbkdf2.sha512.10000.", lambda c: f"{_word(c, 64, '0123456789ABCDEF')}.{_word(c, 64, '0123456789ABCDEF')}"
    ),
    "sas": _one(lambda c: _word(c, 43) + "%3D"),
    "pem-rsa": lambda c: _pem(c, "RSA PRIVATE KEY"),
    "pem": lambda c: _pem(c, "PRIVATE KEY"),
    "pem-encrypted": lambda c: _pem(c, "ENCRYPTED PRIVATE KEY"),
    "pem-openssh": lambda c: _pem(c, "OPENSSH PRIVATE KEY"),
    "pem-ec": lambda c: _pem(c, "EC PRIVATE KEY"),
    "pgp": lambda c: _pem(c, "PGP PRIVATE KEY BLOCK"),
}


@dataclass
class Corpus:
    """Texts with secrets in them, and what must not be found: kind -> parts."""

    chance: random.Random = field(default_factory=lambda: random.Random(20261122))
    needles: dict[str, list[str]] = field(default_factory=dict)

    def fill(self, text: str, where: str) -> str:
        """The text with secrets in it."""

        def place(found: re.Match[str]) -> str:
            made, parts = SHAPES[found[2] or "word"](self.chance)
            self.needles.setdefault(f"{found[1]} in {where}", []).extend(parts)
            indent = found.string[found.string.rfind("\n", 0, found.start()) + 1 : found.start()]
            return made if indent.strip() else made.replace("\n", f"\n{indent}")

        return PLACE.sub(place, text)

    def kinds(self) -> set[str]:
        """Names of the kinds, wherever they stand."""
        return {name.split(" in ")[0] for name in self.needles}

    def found_in(self, content: bytes) -> list[str]:
        """Kinds of which a part is in a content, as it is or escaped for JSON."""
        return [name for name, parts in self.needles.items() if any(form in content for form in _forms(tuple(parts)))]


@cache
def _forms(parts: tuple[str, ...]) -> frozenset[bytes]:
    return frozenset(form for part in parts for form in (part.encode(), json.dumps(part)[1:-1].encode()))
