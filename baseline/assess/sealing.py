"""Asks a target, and takes the last secrets out of what it said before anything is judged, stored or shown.

Every collector is asked through here, so that one of them that overlooks a secret does no harm.
"""

from typing import Any

import msgspec

from baseline.collectors.interface import CollectSettings
from baseline.collectors.registry import collector_for
from baseline.models.artefact import Artefact
from baseline.models.collection import Collection
from baseline.models.errors import CollectError
from baseline.models.redaction import redact, redact_json, redact_text, redact_value
from baseline.models.target import Target
from baseline.store.canonical import canonical_json


async def ask(target: Target, needs: frozenset[str], settings: CollectSettings) -> Collection:
    """What the collector of a target collects, sealed.

    Raises:
        CollectError: the target as a whole could not be asked; its words are sealed too.
    """
    try:
        return sealed(await collector_for(target).collect(target, needs, settings))
    except CollectError as error:
        raise CollectError(error.code, redact_text(error.message), redact_text(error.hint)) from error


def sealed(collection: Collection) -> Collection:
    """The collection without what can be told to be a secret, in artefacts and in texts among the facts."""
    document = canonical_json(collection.facts)
    facts = collection.facts if redact_json(document) == document else _sealed_fact(collection.facts)
    artefacts = tuple(_sealed_artefact(artefact) for artefact in collection.artefacts)
    return msgspec.structs.replace(collection, facts=facts, artefacts=artefacts)


def _sealed_fact(fact: Any) -> Any:
    """A fact with every text in it sealed; slow, and only for facts that hold a secret."""
    if isinstance(fact, str):
        return redact_value(fact)
    if isinstance(fact, list):
        return [_sealed_fact(item) for item in fact]
    if isinstance(fact, dict):
        return {_sealed_fact(key): _sealed_fact(item) for key, item in fact.items()}
    if isinstance(fact, msgspec.Struct):
        changed = {name: _sealed_fact(getattr(fact, name)) for name in fact.__struct_fields__}
        return msgspec.structs.replace(fact, **changed)
    return fact


def _sealed_artefact(artefact: Artefact) -> Artefact:
    clean = redact(artefact.content)
    return artefact if clean == artefact.content else msgspec.structs.replace(artefact, content=clean)
