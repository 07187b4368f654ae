"""What a run was held against beside its checks: catalogue, waivers. Kept as they were, once each."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from baseline.models.artefact import Artefact
from baseline.store.contents import Content, write_contents
from baseline.store.evidence_tables import RunContentRow
from baseline.store.tables import ArtefactRow


def write_run_contents(connection: Connection, run: int, contents: Sequence[Artefact]) -> None:
    """Keep contents by their names, which tell them apart within the run."""
    if contents:
        number = write_contents(connection, [Content(each.digest, each.media_type, each.content) for each in contents])
        rows = [{"run_id": run, "name": each.name, "artefact_id": number[each.digest]} for each in contents]
        connection.execute(insert(RunContentRow), rows)


def read_run_contents(connection: Connection, run: int) -> dict[str, str]:
    """Name -> SHA-256 of what a run was held against."""
    query = select(RunContentRow.name, ArtefactRow.digest).join(
        ArtefactRow, ArtefactRow.id == RunContentRow.artefact_id
    )
    rows = connection.execute(query.where(RunContentRow.run_id == run).order_by(RunContentRow.name))
    return {name: bytes(digest).hex() for name, digest in rows}
