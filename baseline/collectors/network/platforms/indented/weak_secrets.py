"""Places in a configuration where a secret is kept in a way that anyone who sees it can undo."""

import re
from bisect import bisect_left

from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.redaction import MARK
from baseline.collectors.network.section_tree import SectionTree
from baseline.models.facts.network import PasswordStorage

WEAKNESS: tuple[PasswordStorage, ...] = (
    "plain",
    "type7_reversible",
    "type4_sha256",
    "des_crypt",
    "type5_md5",
    "unknown_type",
    "type6_aes",
    "sha256_crypt",
    "sha512_crypt",
    "bcrypt",
    "type8_pbkdf2",
    "type9_scrypt",
    "none",
)
"""Storage from weakest to strongest."""

PLAIN_OR_REVERSIBLE = frozenset({"0", "7"})
"""Types that Cisco and Arista write before a secret that is plain, or coded with a key that everybody knows."""

_SECRET = re.compile(rf"(?:^|.*?\s)(?P<word>\S+) {MARK}(?: (?P<trailing>\d)\b)?")
_IN_ADDRESS = re.compile(rf"://\S{{0,400}}{MARK}")
"""A password in an address, which is always plain: ``path ftp://name:password@192.0.2.1/``."""


def weak_secrets(
    tree: SectionTree,
    secrets: dict[int, str],
    provenance: Provenance,
    *,
    weak: frozenset[str] = PLAIN_OR_REVERSIBLE,
    strong: frozenset[str] = frozenset(),
) -> list[str]:
    """Places where a secret is kept plain or reversibly, in order, without the secret.

    ``secrets`` holds the lines with a secret, redacted, by number. The word before a secret tells its type: a number is
    strong unless it is in ``weak``; any other word means that no type is given, so plain, unless it is in ``strong``.
    SNMP has facts of its own and is left out. What stands in an address is plain.
    """
    places: list[str] = []
    numbers: list[int] = []
    starts = [line.number for line in tree.lines]
    for number, text in secrets.items():
        if not _is_weak(text, weak, strong):
            continue
        section = _section(tree, starts, number, text)
        if not f"{section}{text.lstrip()}".startswith("snmp-server "):
            numbers.append(number)
            places.append(section + text.partition(MARK)[0].strip())
    provenance.note_numbers("password_rules.weak_secrets", tuple(numbers))
    return places


def _is_weak(text: str, weak: frozenset[str], strong: frozenset[str]) -> bool:
    if _IN_ADDRESS.search(text):
        return True
    found = _SECRET.match(text)
    if found is None:
        return False
    word: str = found["word"]
    if word in weak or found["trailing"] == "7":
        return True
    if text.lstrip().startswith("ntp authentication-key ") and found["trailing"]:
        return found["trailing"] in weak  # the only secret whose type stands behind it
    return not word.isdigit() and word not in strong


def _section(tree: SectionTree, starts: list[int], number: int, text: str) -> str:
    """The top-level line that a line belongs to, with a colon; nothing for a top-level line itself."""
    index = bisect_left(starts, number) - 1
    if not text.startswith((" ", "\t")) or index < 0:
        return ""
    return f"{tree.lines[index].text.partition(chr(10))[0]}: "
