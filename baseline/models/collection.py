"""What a collector brings back from one target."""

from datetime import datetime

import msgspec

from baseline.models.artefact import Artefact, SourceLines
from baseline.models.facts.fact import Section


class Collection(msgspec.Struct, frozen=True, kw_only=True):
    """Facts of one target with the raw answers they came from.

    ``sources`` maps a fact path (``management.ssh.version``, ``interfaces.GigabitEthernet0/1``; list items are named by
    their ``name`` field where they have one, else by index) to the lines it was read from; the longest matching prefix
    of a path counts. ``round_trips`` counts requests sent to the target after connecting.
    """

    facts: Section
    artefacts: tuple[Artefact, ...] = ()
    sources: dict[str, SourceLines] = {}
    collected_at: datetime
    duration_seconds: float = 0.0
    round_trips: int = 0
