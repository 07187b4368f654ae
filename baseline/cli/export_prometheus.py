"""``baseline export prometheus``: metrics in a file, for the textfile collector of node_exporter."""

from pathlib import Path
from typing import Any

import click

from baseline.cli.main import Settings
from baseline.cli.options import checks_folder_option, inventory_option, vault_option
from baseline.cli.serve import require_serve_extra


@click.command()
@click.option(
    "--textfile",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="Where to; put in place at once. node_exporter reads names that end in .prom.",
)
@inventory_option
@vault_option
@checks_folder_option
@click.option(
    "--detail-limit", type=click.IntRange(0, 1_000_000), default=20_000, show_default=True, help="As of serve."
)
@click.pass_obj
def prometheus(settings: Settings, /, *, textfile: Path, detail_limit: int, **given: Any) -> None:
    """Write metrics as text, once; `baseline serve` answers scrapes instead."""
    require_serve_extra()
    from baseline.cli.served_content import content_of  # noqa: PLC0415 - heavy
    from baseline.exporters.prometheus.text import write_textfile  # noqa: PLC0415 - of an extra
    from baseline.models.errors import BaselineError  # noqa: PLC0415 - beside the above
    from baseline.serve.sources import exposition_of  # noqa: PLC0415 - of an extra
    from baseline.store.store import Store  # noqa: PLC0415 - heavy

    failures: list[str] = []
    with Store.open(settings.store, read_only=True) as store:
        text = exposition_of(store, content_of(given), limit=detail_limit, failed=failures.append).text()
    write_textfile(textfile, text)
    if failures:
        raise BaselineError(f"{textfile} was written without what could not be read: {'; '.join(failures)}")
