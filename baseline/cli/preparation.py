"""What a run needs, read and found right before it begins: checks, inventory, waivers, plan."""

from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import click
import msgspec

from baseline.assess.plan import Plan, make_plan
from baseline.assess.selection import Selection, require_names, select_checks, select_targets
from baseline.cli.content import all_checks
from baseline.cli.saved_files import Gathered, from_folder, missing_commands
from baseline.content.catalogue import load_catalogue
from baseline.content.inventory import Inventory, load_inventory
from baseline.content.waivers import government_measures, load_waivers, waiver_files
from baseline.models.register import Register
from baseline.models.result import Severity
from baseline.models.target import Target
from baseline.models.waiver import Waiver

REFUSED = "its description in the inventory is not right; see: baseline inventory validate"
"""Why a host with an error in the inventory is left out of a run."""


CLOUDS = ("aws", "azure", "m365")
"""Kinds of target that are held against the inventory."""


class CheckOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What ``baseline check`` was asked, in the form that a run keeps so that it can be resumed."""

    inventories: tuple[str, ...]
    limit: str | None = None
    checks_folders: tuple[str, ...] = ()
    vault_password_files: tuple[str, ...] = ()
    selection: Selection = Selection()
    from_files: str | None = None
    """The folder of saved configurations and outputs that are read instead of asking."""
    platform: str | None = None
    skipped_sites: tuple[str, ...] = ()
    """Sites that are left alone in this run, as maintenance goes on there; and why."""
    skip_reason: str = ""


class Prepared(msgspec.Struct, frozen=True):
    """Everything that is read, and found right, before a run begins."""

    plan: Plan
    inventory: Inventory
    waivers: tuple[Waiver, ...]
    whole: bool
    """The run covers the whole inventory and every check, so that what it does not hold does not exist any more."""
    refused: frozenset[str] = frozenset()
    """Targets that could not be judged because of how they are described."""
    notes: tuple[str, ...] = ()
    """What a reader of the results must know."""
    register: Register = Register()
    """The whole inventory, for clouds to be held against."""


def prepare(options: CheckOptions) -> Prepared:
    """Read everything that a run needs, and say what is wrong with single hosts on standard error.

    Raises:
        BaselineError: content that is not right, names that nothing answers to, or nothing left to do.
    """
    catalogue = load_catalogue()
    inventory = _inventory(options)
    for problem in inventory.problems:
        click.secho(str(problem), fg="red" if problem.level == "error" else "yellow", err=True)
    refused = _refused(inventory)
    gathered = Gathered(targets=inventory.targets)
    if options.from_files is not None:
        gathered = from_folder(Path(options.from_files), options.platform, inventory if options.inventories else None)
    waivers = waiver_files(map(Path, inventory.source.paths))
    kinds = None if waivers or options.selection.names_checks else {target.kind for target in gathered.targets}
    checks = all_checks(catalogue, map(Path, options.checks_folders), kinds)
    chosen = select_checks(checks, options.selection, catalogue)
    measures = government_measures((check.check for check in checks.values()), catalogue)
    everything = _without_skipped([*gathered.targets, *refused], options)
    plan = make_plan(select_targets(everything, options.selection), chosen)
    return Prepared(
        plan=plan,
        inventory=inventory,
        waivers=load_waivers(waivers, measures),
        whole=options.selection == Selection() and options.limit is None and options.from_files is None,
        refused=frozenset(target.name for target in refused) | gathered.refused,
        notes=(*gathered.notes, *(missing_commands(plan) if options.from_files is not None else ())),
        register=_register(options, inventory, plan),
    )


def _register(options: CheckOptions, inventory: Inventory, plan: Plan) -> Register:
    """The whole inventory, as a machine in a cloud is not unknown because of ``--limit``."""
    clouds = any(planned.target.kind in CLOUDS for planned in plan.targets)
    return inventory.register if options.limit is None or not clouds else _inventory(options, limited=False).register


def _without_skipped(targets: list[Target], options: CheckOptions) -> list[Target]:
    """The targets, those at skipped sites excluded: counted, and not asked.

    Raises:
        SelectionError: a site that no target is at.
    """
    require_names(options.skipped_sites, {target.site for target in targets if target.site}, "site")
    return [
        msgspec.structs.replace(target, excluded=options.skip_reason)
        if target.excluded is None and any(fnmatchcase(target.site or "", site) for site in options.skipped_sites)
        else target
        for target in targets
    ]


def _inventory(options: CheckOptions, *, limited: bool = True) -> Inventory:
    """The inventory; none when saved files are read and no inventory is named."""
    if options.from_files is not None and not options.inventories:
        return Inventory(targets=())
    return load_inventory(
        options.inventories,
        limit=options.limit if limited else None,
        vault_password_files=[Path(path) for path in options.vault_password_files],
    )


def _refused(inventory: Inventory) -> list[Target]:
    """Hosts whose description is not right: not asked, but part of the population, so that they are not forgotten."""
    accepted = {target.name for target in inventory.targets}
    return [
        Target(name=name, kind="host", platform="unknown", excluded=REFUSED)
        for name in inventory.places
        if name not in accepted
    ]


def options_of(given: dict[str, Any]) -> CheckOptions:
    """The options of the command line in the form that a run keeps."""
    if given.get("platform") and not given.get("from_files"):
        raise click.UsageError("--platform belongs to --from-files; of targets that are asked, the inventory tells it")
    return CheckOptions(
        inventories=tuple(_absolute(text) for text in given["inventories"]),
        limit=given["limit"],
        checks_folders=tuple(str(path.absolute()) for path in given["checks_folders"]),
        vault_password_files=tuple(str(path.absolute()) for path in given["vault_password_files"]),
        selection=Selection(
            checks=given["checks"],
            controls=given["controls"],
            severity=Severity(given["severity"]) if given["severity"] else None,
            tags=given["tags"],
            targets=given["targets"],
            groups=given["groups"],
            sites=given["sites"],
        ),
        from_files=str(given["from_files"].absolute()) if given.get("from_files") else None,
        platform=given.get("platform"),
        skipped_sites=given.get("skipped_sites", ()),
        skip_reason=given.get("skip_reason", ""),
    )


def _absolute(inventory: str) -> str:
    """The path whole, so that a run can be resumed from another folder; a host list (``a,b``) as it is."""
    return inventory if "," in inventory else str(Path(inventory).absolute())
