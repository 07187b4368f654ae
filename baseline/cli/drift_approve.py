"""``baseline drift approve`` and ``approvals``: who said under which change ticket that a state is right."""

import click
import msgspec

from baseline.cli.drift_view import write_approvals
from baseline.cli.main import Settings
from baseline.cli.options import json_option
from baseline.cli.person import current_user
from baseline.cli.runs import local_time
from baseline.drift.approval import NotApprovableError, approve, states_to_approve
from baseline.drift.causes import Cause, causes
from baseline.drift.watch import DEFAULT_HOLD, Watched, update
from baseline.store.drift_states import State
from baseline.store.store import Store


@click.command("approve")
@click.argument("targets", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every target that was ever reached.")
@click.option("--cause", metavar="ID", help="The targets of one line of `baseline drift`.")
@click.option("--run", type=int, help="The run that found the state, instead of the latest.")
@click.option("--ticket", required=True, help="The change ticket under which it was changed.")
@click.option("--person", default=None, help="Who approves.  [default: the user of this machine]")
@click.option("--note", default="", help="What should be remembered about it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@click.pass_obj
def approve_command(
    settings: Settings,
    targets: tuple[str, ...],
    every: bool,
    cause: str | None,
    run: int | None,
    ticket: str,
    person: str | None,
    note: str,
    *,
    yes: bool,
    as_json: bool,
) -> None:
    """Approve the state of TARGETS as a run found it: from now on drift is what differs from it.

    A change is approved with everything else that differs of the same targets, as a state is approved whole.
    """
    if sum((bool(targets), every, cause is not None)) != 1:
        raise click.UsageError("say what is approved: names of targets, --all, or --cause ID")
    if not ticket.strip():
        raise click.UsageError("a change ticket has a number or name")
    with Store.open(settings.store) as store:
        states = _states(store, targets, every=every, cause=cause, run=run)
        who = person or current_user()
        if not yes:
            click.confirm(f"Approve the state of {len(states)} targets under {ticket}, as {who}?", abort=True)
        number = approve(store, states, ticket=ticket, person=who, note=note)
    if as_json:
        click.echo(msgspec.json.encode({"approval": number, "targets": [state.target for state in states]}).decode())
    else:
        click.echo(f"Approval {number}: {len(states)} targets, ticket {ticket}, by {who}.")


def _states(store: Store, targets: tuple[str, ...], *, every: bool, cause: str | None, run: int | None) -> list[State]:
    if every:
        names = list(store.drift.latest(store.targets(), run))
        if not names:
            raise NotApprovableError("no target was ever reached; run baseline check first")
        return states_to_approve(store, names, run)
    if cause is not None:
        return states_to_approve(store, _of_cause(store, cause), run)
    return states_to_approve(store, targets, run)


def _of_cause(store: Store, wanted: str) -> tuple[str, ...]:
    """The targets of a cause; refused when more happened to one of them than that."""
    watched = update(store, DEFAULT_HOLD)
    found = causes({name: each.drift for name, each in watched.items()}, store.targets())
    chosen = next((cause for cause in found if cause.id == wanted), None)
    if chosen is None:
        raise NotApprovableError(f"nothing that differs has the id '{wanted}'; see `baseline drift`")
    _require_alone(chosen, found, watched)
    return chosen.targets


def _require_alone(chosen: Cause, found: list[Cause], watched: dict[str, Watched]) -> None:
    others = {name for cause in found if cause.id != chosen.id for name in cause.targets}
    waiting = {name for name, each in watched.items() if any(not seen.confirmed for seen in each.seen)}
    both = sorted(set(chosen.targets) & (others | waiting))
    if both:
        raise NotApprovableError(
            f"something else differs too on {', '.join(both[:10])}: look at it, and approve those targets by name"
        )


@click.command("approvals")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Approvals to list.")
@json_option
@click.pass_obj
def approvals_command(settings: Settings, limit: int, *, as_json: bool) -> None:
    """List what was approved, newest first."""
    with Store.open(settings.store, read_only=True) as store:
        found = store.drift.approvals(limit)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2))
        return
    write_approvals(
        [
            (str(each.id), local_time(each.approved_at), each.ticket, each.person, str(len(each.runs)), each.note)
            for each in found
        ]
    )
