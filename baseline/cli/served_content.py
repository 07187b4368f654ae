"""Reads the content that metrics are joined with."""

from functools import partial
from pathlib import Path
from typing import Any

from baseline.cli.content import usable_controls
from baseline.cli.preparation import CheckOptions, prepare
from baseline.content.attestations import attestation_files, load_attestations
from baseline.content.catalogue import load_catalogue
from baseline.content.checks.folder import check_paths
from baseline.content.checks.reader import read_check
from baseline.content.location import content_folder
from baseline.exporters.prometheus.known import known
from baseline.models.check import Check
from baseline.models.errors import ContentError, Problem
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
    checks = _every_check(options)
    if not options.inventories:
        return Loaded(known=known(catalogue, checks))
    prepared = prepare(options)
    files = attestation_files(map(Path, prepared.inventory.source.paths))
    return Loaded(
        known=known(
            catalogue,
            checks,
            waivers=prepared.waivers,
            attestations=load_attestations(files, usable_controls(catalogue)),
            targets=prepared.plan.population,
        ),
        plan=prepared.plan,
        inventory=prepared.inventory,
        waivers=prepared.waivers,
    )


def _every_check(options: CheckOptions) -> dict[str, Check]:
    """Also those for kinds of target that the inventory does not hold. Read, not compiled: nothing is judged with them.

    Raises:
        ContentError: a file cannot be read as a check.
    """
    problems: list[Problem] = []
    paths = check_paths([content_folder("checks"), *map(Path, options.checks_folders)])
    read = [found for path in paths if (found := read_check(path, problems)) is not None]
    if wrong := [problem for problem in problems if problem.level == "error"]:
        raise ContentError(wrong)
    return {check.id: check for check, *_ in read}
