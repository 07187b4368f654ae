"""``baseline keys``: the keys that sign evidence."""

import click
import msgspec

from baseline.cli.options import json_option
from baseline.cli.table import write_table
from baseline.evidence.keys import KeyRing, KeyRingError, KnownKey


@click.group()
def keys() -> None:
    """Make, list and rotate the keys that sign evidence.

    They stand in ~/.config/baseline/keys, or where BASELINE_KEYS says, readable by you alone.
    """


@keys.command()
@json_option
def new(*, as_json: bool) -> None:
    """Make the first key."""
    _tell(KeyRing().new(), as_json=as_json)


@keys.command()
@json_option
def rotate(*, as_json: bool) -> None:
    """Make a key that takes over, signed by the one in use; what that one signed stays verifiable."""
    _tell(KeyRing().rotate(), as_json=as_json)


@keys.command("list")
@json_option
def list_keys(*, as_json: bool) -> None:
    """List the keys, the one in use first."""
    known = KeyRing().keys()
    if as_json:
        click.echo(msgspec.json.encode([_row(key) for key in known]).decode())
        return
    if not known:
        click.echo("No key yet. Make one with: baseline keys new", err=True)
        return
    rows = [(key.id, "in use" if key.active else "retired", key.previous or "") for key in known]
    write_table(("Key", "Status", "Signed by"), rows, narrow=("Key", "Status", "Signed by"))


@keys.command()
@click.argument("key", required=False)
def public(key: str | None) -> None:
    """Print a public key (PEM), to give to an auditor: the one in use, or KEY."""
    ring = KeyRing()
    known = [each for each in ring.keys() if (each.active if key is None else each.id == key)]  # noqa: SIM118 - a method
    if not known:
        raise KeyRingError(f"{ring.folder} does not hold that key; see: baseline keys list")
    click.echo(known[0].public.decode(), nl=False)


def _tell(key: KnownKey, *, as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode(_row(key)).decode())
        return
    click.echo(f"Key {key.id} signs from now on. Keep a copy of {KeyRing().folder} where the store's backups are not.")
    click.echo("Give auditors the public key by another way than the evidence: baseline keys public")


def _row(key: KnownKey) -> dict[str, object]:
    return {"id": key.id, "in_use": key.active, "signed_by": key.previous, "public": key.public.decode()}
