"""Keys that say whether judging again could give another verdict."""

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from baseline.assess.plan import PlannedCheck
from baseline.content.expression.projection import unknown_reason
from baseline.content.expression.syntax_tree import Path

STALE_SECONDS = 3600
"""How old a verdict that depends on the time may become while nothing else changes."""

_encode = msgspec.json.Encoder(order="sorted").encode


class FactDigests:
    """Digests of parts of one target's facts, made when first asked for."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._digests: dict[Path, bytes] = {}

    def of(self, path: Path) -> bytes:
        """The digest of what stands at a path, or of the unknown above it; of nothing when the document lacks it."""
        found = self._digests.get(path)
        if found is None:
            found = hashlib.blake2b(_encode(self._value(path)), digest_size=16).digest()
            self._digests[path] = found
        return found

    def _value(self, path: Path) -> Any:
        current: Any = self._document
        for part in path:
            if not isinstance(current, Mapping) or unknown_reason(current) is not None:
                return current
            current = current.get(part[1:-1] if part.startswith("[") else part)
        return current


def judge_key(planned: PlannedCheck, facts: FactDigests, target: Mapping[str, Any], now: int, waivers: bytes) -> str:
    """A digest of everything that decides the results of one check on one target.

    That is: the check's condition and parameters, the facts that it reads or shows, the target's attributes if it reads
    those, and the waivers that hold. A check that reads the time is judged again when another hour has begun.
    """
    compiled = planned.compiled
    digest = hashlib.blake2b(compiled.check.judging_digest.encode(), digest_size=16)
    digest.update(_encode(planned.params))
    for path in compiled.depends_on:
        digest.update(facts.of(path))
    if compiled.reads_target:
        digest.update(_encode(target))
    if compiled.reads_now:
        digest.update(str(now // STALE_SECONDS).encode())
    digest.update(waivers)
    return digest.hexdigest()


def unreached_key(planned: PlannedCheck, code: str, reason: str) -> str:
    """The key of the error results of a target that could not be asked."""
    digest = hashlib.blake2b(planned.compiled.check.judging_digest.encode(), digest_size=16)
    digest.update(_encode(["unreached", code, reason, planned.params]))
    return digest.hexdigest()
