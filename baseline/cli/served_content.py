"""Reads the content that metrics are joined with."""

from functools import partial
from pathlib import Path
from typing import Any

from baseline.cli.content import all_checks, usable_controls
from baseline.cli.preparation import CheckOptions, prepare
from baseline.content.attestations import attestation_files, load_attestations
from baseline.content.catalogue import load_catalogue
from baseline.exporters.prometheus.known import known
from baseline.serve.content import RELOAD_SECONDS, Content, Loaded


def content_of(given: dict[str, Any], seconds: float = RELOAD_SECONDS) -> Content:
    """The content that the options of a command name: ``inventories``, ``vault_password_files``, ``checks_folders``.

    Raises:
        BaselineError: it is not right.
    """
    options = CheckOptions(
        inventories=tuple(given["inventories"]),
        checks_folders=tuple(str(path.absolute()) for path in given["checks_folders"]),
        vault_password_files=tuple(str(path.absolute()) for path in given["vault_password_files"]),
    )
    return Content(partial(_load, options), seconds)


def _load(options: CheckOptions) -> Loaded:
    catalogue = load_catalogue()
    if not options.inventories:
        compiled = all_checks(catalogue, map(Path, options.checks_folders))
        return Loaded(known=known(catalogue, {name: each.check for name, each in compiled.items()}))
    prepared = prepare(options)
    files = attestation_files(map(Path, prepared.inventory.source.paths))
    return Loaded(
        known=known(
            catalogue,
            {each.check.id: each.check for each in prepared.plan.checks},
            waivers=prepared.waivers,
            attestations=load_attestations(files, usable_controls(catalogue)),
            targets=prepared.plan.population,
        ),
        plan=prepared.plan,
        inventory=prepared.inventory,
        waivers=prepared.waivers,
    )
