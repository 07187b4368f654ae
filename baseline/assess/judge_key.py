"""Keys that say whether judging again could give another verdict."""

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from baseline.assess.plan import PlannedCheck

_encode = msgspec.json.Encoder(order="sorted").encode


class SectionDigests:
    """Digests of the top-level sections of one target's facts, made when first asked for."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._digests: dict[str, bytes] = {}

    def of(self, section: str) -> bytes:
        """The digest of one section; of nothing when the document lacks it."""
        found = self._digests.get(section)
        if found is None:
            found = hashlib.blake2b(_encode(self._document.get(section)), digest_size=16).digest()
            self._digests[section] = found
        return found


def judge_key(
    planned: PlannedCheck, sections: SectionDigests, target: Mapping[str, Any], now: int, waivers: bytes
) -> str:
    """A digest of everything that decides the results of one check on one target.

    That is: the check's condition and parameters, the sections of facts that it reads, the target's attributes and the
    time if it reads those, and the waivers that hold.
    """
    compiled = planned.compiled
    digest = hashlib.blake2b(compiled.check.judging_digest.encode(), digest_size=16)
    digest.update(_encode(planned.params))
    for section in compiled.sections:
        digest.update(sections.of(section))
    if compiled.reads_target:
        digest.update(_encode(target))
    if compiled.reads_now:
        digest.update(str(now).encode())
    digest.update(waivers)
    return digest.hexdigest()


def unreached_key(planned: PlannedCheck, code: str, reason: str) -> str:
    """The key of the error results of a target that could not be asked."""
    digest = hashlib.blake2b(planned.compiled.check.judging_digest.encode(), digest_size=16)
    digest.update(_encode(["unreached", code, reason, planned.params]))
    return digest.hexdigest()
