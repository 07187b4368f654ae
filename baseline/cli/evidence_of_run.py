"""What a run keeps for its evidence: the catalogue, waivers and attestations that it was held against, and a signature at its end."""

from pathlib import Path

import msgspec

from baseline.cli.preparation import Prepared
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
    return [*norms, *statements, Artefact(name="waivers.json", content=waivers, media_type="application/json")]


def sign_if_possible(store: Store) -> tuple[str, ...]:
    """Sign what a run logged. What stands in the way is told, and never loses the run: it can be signed later."""
    from baseline.evidence.signing import sign_checkpoints  # noqa: PLC0415 - slow to import

    try:
        note = sign_checkpoints(store)
    except BaselineError as error:
        note = f"the evidence is logged, but not signed: {error}"
    return (note,) if note else ()
