"""``baseline remediate``: repair what is not met, after showing what would change and asking."""

import sys
from pathlib import Path
from typing import Any

import click
import msgspec

from baseline.assess.run import DEFAULT_CONCURRENCY
from baseline.cli.check import exit_code_of_run, start_run
from baseline.cli.content import all_checks
from baseline.cli.exit_codes import ExitCode
from baseline.cli.main import Settings
from baseline.cli.options import (
    checks_folder_option,
    inventory_option,
    json_option,
    limit_option,
    selection_options,
    vault_option,
)
from baseline.cli.person import current_user
from baseline.cli.preparation import options_of
from baseline.cli.remediate_view import SAVING, Told, write_answer, write_plan
from baseline.cli.run_report import RunReport
from baseline.content.catalogue import load_catalogue
from baseline.content.nearest import did_you_mean
from baseline.models.result import Status
from baseline.remediate.execution import (
    AnsibleSettings,
    MissingPartError,
    RemediationError,
    TaskOutcome,
    run_playbooks,
)
from baseline.remediate.lines import sent_checks
from baseline.remediate.plan import Repair, RepairPlan, plan_repairs
from baseline.remediate.playbooks import Playbook, playbooks
from baseline.remediate.undo import undo_lines
from baseline.store.store import Store


@click.command()
@click.argument("named", nargs=-1, metavar="[CHECK]...")
@inventory_option
@limit_option
@selection_options
@checks_folder_option
@vault_option
@click.option(
    "--apply", is_flag=True, help="Change the targets, after asking. Without it, only show what would change."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--ticket", default="", help="The change ticket; needed to apply.")
@click.option("--by", help="Who changes.  [default: the user of this machine]")
@click.option("--serial", type=click.IntRange(1, 500), default=1, show_default=True, help="Targets changed at once.")
@click.option(
    "--maximum-failures",
    type=click.IntRange(0, 100),
    default=0,
    show_default=True,
    help="Percent of them that may fail before the rest is left alone.",
)
@click.option(
    "--playbooks",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of your own, with CHECK.yml files, instead of those that came with baseline.",
)
@click.option(
    "--save", is_flag=True, help="Network devices keep the change over a restart.  [default: until they restart]"
)
@click.option("--pass-environment", "passed_on", multiple=True, metavar="NAME", help="Variable that Ansible needs too.")
@click.option("--timeout", type=click.FloatRange(1, 3600), default=60.0, help="Seconds for asking one target.")
@click.option("--known-hosts", type=click.Path(path_type=Path), help="File of accepted SSH host keys.")
@json_option
@click.pass_obj
def remediate(settings: Settings, /, named: tuple[str, ...], *, as_json: bool, **given: Any) -> None:
    """Repair what is not met with Ansible: a playbook per check on hosts, configuration lines on network devices.

    \b
    Looks first, shows what would change (Ansible's check mode, with diff), and with --apply asks, changes,
    looks again, and keeps both with the change ticket. Without CHECK: every check that can be repaired.
    Exit codes: 0 nothing (more) to repair, 1 something is still not met, 3 something could not be checked.
    """  # noqa: D301 - click reads \b
    changing = _Changing(given)
    available = playbooks(changing.folder)
    given["checks"] = (*_repairable(named, available, given["checks_folders"]), *given["checks"])
    with Store.open(settings.store) as store:
        before = start_run(store, given, quiet=as_json)
        plan = _plan(before, available)
        told = Told(before=before.run, plan=plan, doubtful=exit_code_of_run(before) is ExitCode.NOT_CHECKED)
        if plan.repairs:
            ansible = changing.ansible(given, before)
            told.planned = _planned(plan, ansible)
        if not as_json:
            write_plan(told, before)
        if plan.repairs and changing.apply and changing.confirmed(plan):
            _apply(store, told, given, changing, ansible, quiet=as_json)
        write_answer(told, applied=changing.apply, as_json=as_json)
        raise click.exceptions.Exit(_exit_code(told))


class _Changing:
    """The options that say whether and how targets are changed; refused before anything is asked."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.apply, self.yes = given.pop("apply"), given.pop("yes")
        self.ticket, self.by = given.pop("ticket"), given.pop("by") or current_user()
        self.serial, self.maximum_failures = given.pop("serial"), given.pop("maximum_failures")
        self.folder, self.passed_on = given.pop("folder"), given.pop("passed_on")
        self.save = given.pop("save")
        given["concurrency"] = DEFAULT_CONCURRENCY
        if self.apply and not self.ticket.strip():
            raise click.UsageError("--apply needs the change ticket: --ticket NUMBER")
        if self.apply and not self.yes and not sys.stdin.isatty():
            raise click.UsageError("nobody is there to ask; add --yes to change without asking")

    def ansible(self, given: dict[str, Any], report: RunReport) -> AnsibleSettings:
        options = options_of(given)
        return AnsibleSettings(
            inventories=options.inventories,
            vault_password_files=options.vault_password_files,
            known_hosts=str(given["known_hosts"] or report.known_hosts or ""),
            serial=self.serial,
            maximum_failures=self.maximum_failures,
            save=self.save,
            passed_on=self.passed_on,
        )

    def confirmed(self, plan: RepairPlan) -> bool:
        targets = len({repair.target for repair in plan.repairs})
        return self.yes or click.confirm(f"Change {targets} target(s), {len(plan.repairs)} repair(s)?", err=True)


def _repairable(named: tuple[str, ...], available: dict[str, Playbook], folders: tuple[Path, ...]) -> tuple[str, ...]:
    """The checks to repair: those that are named, else all that can be."""
    if named and set(named) <= set(available):
        return named
    network = all_checks(load_catalogue(), folders, {"network"})
    able = sorted({*available, *sent_checks([each.check for each in network.values()])})
    for check in named:
        if check not in able:
            raise click.UsageError(f"no playbook or lines repair '{check}'; {did_you_mean(check, able)}")
    return named or tuple(able)


def _plan(report: RunReport, available: dict[str, Playbook]) -> RepairPlan:
    targets = {target.name: target for target in report.plan.population}
    checks = {check.check.id: check.check for check in report.plan.checks}
    return plan_repairs(report.results, targets, checks, available)


def _planned(plan: RepairPlan, ansible: AnsibleSettings) -> list[TaskOutcome]:
    try:
        return run_playbooks(plan, ansible, dry_run=True)
    except MissingPartError as error:
        raise click.UsageError(str(error)) from None


def _apply(
    store: Store, told: Told, given: dict[str, Any], changing: _Changing, ansible: AnsibleSettings, *, quiet: bool
) -> None:
    number = store.begin_remediation(changing.ticket, changing.by, told.before, _document(told))
    told.number = number
    try:
        run_playbooks(told.plan, ansible, dry_run=False, told=told.done.append)
    except RemediationError as error:
        told.failure = str(error)
    finally:
        store.complete_remediation(number, "failed", None, _document(told))
    given["checks"] = tuple(dict.fromkeys(repair.check for repair in told.plan.repairs))
    given["targets"] = tuple(sorted({repair.target for repair in told.plan.repairs}))
    after = start_run(store, given, quiet=quiet)
    told.after = after.run
    told.left = _left(after, told.plan)
    told.doubtful |= exit_code_of_run(after) is ExitCode.NOT_CHECKED
    store.complete_remediation(number, told.status, after.run, _document(told))


def _left(after: RunReport, plan: RepairPlan) -> tuple[Repair, ...]:
    """Repairs after which the check is still not met, or could not be checked."""
    open_ = {(each.check, each.target) for each in after.results if each.status in (Status.FAIL, Status.ERROR)}
    reached = {entry.target for entry in after.population if entry.outcome == "reached"}
    return tuple(
        repair for repair in plan.repairs if (repair.check, repair.target) in open_ or repair.target not in reached
    )


def _document(told: Told) -> dict[str, object]:
    plan = told.plan
    outcomes: list[TaskOutcome] = [each for each in told.done if each.outcome != "skipped"]
    return {
        "repairs": msgspec.to_builtins(plan.repairs),
        "playbooks": {playbook.check: playbook.digest for playbook in plan.playbooks},
        "params": plan.params,
        "lines": {check: {target: list(lines) for target, lines in sent.items()} for check, sent in plan.lines.items()},
        "undo": _undo(told),
        "saved": any(each.task == SAVING and each.outcome == "changed" for each in told.done),
        "outcomes": msgspec.to_builtins(outcomes),
        "left": msgspec.to_builtins(told.left),
        "failure": told.failure,
    }


def _undo(told: Told) -> list[dict[str, object]]:
    """What takes back each change on a network device, the last change first."""
    changed = [each for each in told.done if each.target in told.plan.platforms and each.diff]
    return [
        {"target": each.target, "check": each.check, "lines": list(undo_lines(each.diff))} for each in reversed(changed)
    ]


def _exit_code(told: Told) -> ExitCode:
    if told.failure or told.doubtful:
        return ExitCode.NOT_CHECKED
    if told.plan.by_hand or told.left or (told.plan.repairs and not told.number):
        return ExitCode.NOT_MET
    return ExitCode.MET
