"""What a run keeps for its evidence: the catalogue, waivers and attestations that it was held against, and a signature at its end."""

from pathlib import Path

import msgspec

from baseline.cli.preparation import Prepared
from baseline.cli.pseudonym_options import pseudonyms_of_environment
from baseline.cli.waiver_terms import WAIVERS
from baseline.content.attestations import attestation_files
from baseline.content.location import content_folder
from baseline.models.artefact import Artefact
from baseline.models.errors import BaselineError
from baseline.store.store import Store


def held_against(prepared: Prepared) -> list[Artefact]:
    """The catalogue's files and the attestations as they are, and the waivers as they were read."""
    folder = content_folder("checks") / "catalogue"
    norms = [
        Artefact(name=f"catalogue/{path.name}", content=path.read_bytes(), media_type="application/yaml")
        for path in sorted(folder.glob("*.yaml"))
    ]
    statements = [
        Artefact(name=f"attestations/{number}.yml", content=path.read_bytes(), media_type="application/yaml")
        for number, path in enumerate(attestation_files(map(Path, prepared.inventory.source.paths)))
    ]
    waivers = msgspec.json.encode(prepared.waivers, order="sorted")
    return [*norms, *statements, Artefact(name=WAIVERS, content=waivers, media_type="application/json")]


def sign_if_possible(store: Store) -> tuple[str, ...]:
    """Log what a run tells without names of people, and sign what it logged.

    What stands in the way is told, and never loses the run: both can be done later.
    """
    from baseline.evidence.signing import sign_checkpoints  # noqa: PLC0415 - slow to import

    untold = _tell_if_possible(store)
    try:
        note = sign_checkpoints(store)
    except BaselineError as error:
        note = f"the evidence is logged, but not signed: {error}"
    return (*untold, *((note,) if note else ()))


def tell_what_is_left(store: Store) -> tuple[str, ...]:
    """After contents went: tell again, without names, the runs that were told with them."""
    from baseline.evidence.telling import is_told, tell_all  # noqa: PLC0415 - slow to import

    try:
        if is_told(store):
            tell_all(store, pseudonyms_of_environment())
    except BaselineError as error:
        return (
            f"evidence of runs before this can only be told with names of people: {error}; then: baseline evidence tell",
        )
    return ()


def _tell_if_possible(store: Store) -> tuple[str, ...]:
    from baseline.evidence.telling import tell_latest  # noqa: PLC0415 - slow to import

    try:
        tell_latest(store, pseudonyms_of_environment())
    except BaselineError as error:
        return (f"the evidence is logged, but only with names of people: {error}; then: baseline evidence tell",)
    return ()
