"""Controls: the lines of the norms, that checks and attestations answer."""

from typing import Literal

import msgspec

Domain = Literal["network", "host", "workplace", "cloud", "web"]
"""Where a machine can look."""

ControlStatus = Literal["measure", "none", "moved", "withdrawn"]
"""``measure`` is in force; ``none`` is a BIO2 heading without a government measure, where the ISO control applies."""

Automatable = Literal["yes", "partly", "no"]
"""Whether a machine can decide it; ``partly``: a person attests the rest."""

HygieneGroup = Literal["basic", "chain", "government-risk"]
"""BIO2 v1.2's groups: basic hygiene, chain (ketenhygiëne), government risk (overheidsrisico)."""

Aspect = Literal["design", "existence", "operation"]
"""What an auditor tests: opzet, bestaan, werking."""

Theme = Literal["organizational", "people", "physical", "technological"]
"""The chapters of ISO/IEC 27001:2022 Annex A."""

Basis = Literal["norm-read", "number-read", "title-read"]
"""How sure an entry is: its text, only its number, or only its guideline's title was read; see ``BASIS_MEANING``."""

BASIS_MEANING: dict[Basis, str] = {
    "norm-read": "sure: the norm itself was read at its publisher",
    "number-read": "fairly sure: its number was seen in a publication, its text was not read",
    "title-read": "unsure: only the guideline's title was read; verify it at the publisher",
}

Language = Literal["en", "nl"]


class Norm(msgspec.Struct, frozen=True, kw_only=True):
    """One norm in one version; control ids are unique only together with it, since norms renumber between versions.

    ``date`` is the publication date as far as it is known: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    """

    id: str
    title: str
    title_nl: str
    version: str
    date: str
    publisher: str
    source: str = ""

    def title_in(self, language: Language) -> str:
        """The title in English or Dutch."""
        return self.title_nl if language == "nl" else self.title


class Control(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a norm. ``id``, ``iso`` and ``moved_to`` are full ids such as ``bio2:8.24.04``.

    ``automatable`` is None for what is not in force. ``source_defect`` tells where the norm's publication contradicts
    itself; ``moved_to`` may name a control that does not exist only then.
    """

    id: str
    norm: str
    number: str
    title: str
    title_nl: str
    iso: tuple[str, ...] = ()
    theme: Theme | None = None
    status: ControlStatus = "measure"
    moved_to: str | None = None
    automatable: Automatable | None = None
    domains: tuple[Domain, ...] = ()
    hygiene: tuple[HygieneGroup, ...] = ()
    tested_on: tuple[Aspect, ...] = ()
    basis: Basis | None = None
    note: str = ""
    source_defect: str = ""

    @property
    def in_force(self) -> bool:
        """Whether it asks something of an organisation."""
        return self.status == "measure"

    def title_in(self, language: Language) -> str:
        """The title in English or Dutch."""
        return self.title_nl if language == "nl" else self.title
