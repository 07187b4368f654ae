"""``baseline pseudonyms``: who is meant, for those who hold the key."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import click
import msgspec

from baseline.cli.main import Settings
from baseline.cli.options import json_option
from baseline.cli.table import write_table
from baseline.content.name_shield import names_in_answer
from baseline.content.person_names import person_names
from baseline.content.pseudonyms import PSEUDONYM, Pseudonyms, load_pseudonyms
from baseline.models.errors import StoreError
from baseline.store.retention import Kept
from baseline.store.store import Store

_KEY = click.option(
    "--key-file",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    envvar="BASELINE_PSEUDONYM_KEY",
    show_envvar=True,
    help="The key under which the pseudonyms were made.",
)


@click.group()
def pseudonyms() -> None:
    """Tell who a pseudonym stands for. Names are looked up in the store; the key alone says nothing."""


@pseudonyms.command()
@click.argument("wanted", nargs=-1, required=True, metavar="PSEUDONYM...")
@_KEY
@json_option
@click.pass_obj
def resolve(settings: Settings, /, *, wanted: tuple[str, ...], key_file: Path, as_json: bool) -> None:
    """Tell who is meant by each PSEUDONYM, by the accounts in the facts of all targets, and by what raw answers tell.

    Exit codes: 0 all were found, 1 one was not.
    """
    wrong = [each for each in wanted if not PSEUDONYM.fullmatch(each)]
    if wrong:
        raise click.UsageError(f"'{wrong[0][:64]}' is no pseudonym; they look like person-abcdefghij234567")
    known = load_pseudonyms(key_file, create=False)
    with Store.open(settings.store, read_only=True) as store:
        found = _found(store, known, wanted)
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
    else:
        rows = [(each, found[each].name or "-", ", ".join(found[each].targets)) for each in wanted]
        write_table(("Pseudonym", "Name", "Targets"), rows, narrow=("Pseudonym", "Name"))
    raise click.exceptions.Exit(0 if all(each.name for each in found.values()) else 1)


class Meant(msgspec.Struct):
    """Who a pseudonym stands for, and on which targets the account is; no name: nobody who is known."""

    name: str = ""
    targets: list[str] = []


def _found(store: Store, known: Pseudonyms, wanted: tuple[str, ...]) -> dict[str, Meant]:
    found = {each: Meant() for each in wanted}
    for target in sorted(store.targets()):
        _match(found, known, _names(store, target), [target])
    if all(each.name for each in found.values()):
        return found
    for kept in store.retention.kept():
        _match(found, known, _names_in(store, kept), sorted(kept.used))
    return found


def _match(found: dict[str, Meant], known: Pseudonyms, names: Iterable[str], targets: list[str]) -> None:
    for name in names:
        meant = found.get(known.of(name))
        if meant is not None:
            meant.name = name
            meant.targets = sorted({*meant.targets, *targets})


def _names(store: Store, target: str) -> list[str]:
    """Names of people in the latest facts of a target; none where those were destroyed."""
    try:
        stored = store.facts(target)
    except StoreError:
        return []
    return sorted(person_names(stored.document)) if stored else []


def _names_in(store: Store, kept: Kept) -> Collection[str]:
    """Names in facts from before, and those that raw answers alone tell: mail addresses, accounts in log lines."""
    if kept.category == "facts":
        return person_names(msgspec.json.decode(store.artefact(kept.digest), type=dict[str, Any]))
    if kept.category == "raw-answers":
        return names_in_answer(store.artefact(kept.digest).decode("utf-8", "replace"))
    return ()
