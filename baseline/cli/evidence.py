"""``baseline evidence``: hand over what was found so that others can verify it, and verify it."""

from pathlib import Path
from typing import Any

import click

from baseline.cli.evidence_view import write_checkpoint, write_exported, write_log, write_proof
from baseline.cli.exit_codes import ExitCode
from baseline.cli.main import Settings
from baseline.cli.options import json_option
from baseline.cli.pseudonym_options import names_options, pseudonym_key_option, pseudonyms_of
from baseline.content.pseudonyms import load_pseudonyms
from baseline.store.store import Store

READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def evidence() -> None:
    """Export evidence for an auditor, and verify it."""


@evidence.command()
@click.option("--norm", "norms", multiple=True, help="Only results for this norm, such as bio2. May be repeated.")
@click.option("--control", "controls", multiple=True, metavar="ID", help="Only results for this control.")
@click.option("--target", "targets", multiple=True, metavar="NAME", help="Only these targets; * and ? match.")
@click.option("--period", metavar="PERIOD", help="2026-Q3, 2026-07, 2026 or 2026-07-01..2026-09-30 (UTC).")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="A new folder, or a .zip.")
@click.option("--certificate", type=READABLE, help="Sign with this certificate too (PEM, CMS).")
@click.option("--certificate-key", type=READABLE, help="The certificate's key, where it stands in another file.")
@click.option("--certificate-chain", type=READABLE, help="Certificates between it and its issuer.")
@click.option(
    "--time-stamp", "time_stamp_url", default="", metavar="URL", help="Ask this server for a time stamp (RFC 3161)."
)
@click.option("--creator", default="onbekend", help="MDTO: the organisation that made the archive.")
@click.option(
    "--appraisal",
    type=click.Choice(["B", "V", "N"]),
    default="N",
    show_default=True,
    help="MDTO: keep, destroy later, or not decided.",
)
@click.option("--category", default="", help="MDTO: the category in the selection list.")
@click.option("--selection-list", default="", help="MDTO: the selection list.")
@click.option("--term", default="", metavar="PERIOD", help="MDTO: how long to keep it, such as P7Y.")
@names_options
@json_option
@click.pass_obj
def export(settings: Settings, /, *, as_json: bool, output: Path, **given: Any) -> None:
    """Write a bundle that an auditor verifies without trusting us: results, raw answers, population, proofs.

    It tells pseudonyms in place of names of people, as the log committed to when each run ended. With --names it tells
    names, and says of itself that it is restricted.
    """
    from baseline.content.catalogue import load_catalogue  # noqa: PLC0415 - slow to import
    from baseline.evidence import bundle  # noqa: PLC0415 - the same
    from baseline.evidence.mdto import ArchiveOptions  # noqa: PLC0415 - the same
    from baseline.evidence.sealing import Seals  # noqa: PLC0415 - the same
    from baseline.evidence.selection import EvidenceSelection, period_of  # noqa: PLC0415 - the same

    period = given.pop("period")
    selection = EvidenceSelection(
        norms=given.pop("norms"),
        controls=given.pop("controls"),
        targets=given.pop("targets"),
        period=period_of(period) if period else None,
    )
    archive = {name: given.pop(name) for name in ("creator", "appraisal", "category", "selection_list", "term")}
    pseudonyms = pseudonyms_of(given)
    del given["names"], given["pseudonym_key"]
    with Store.open(settings.store, read_only=True) as store:
        exported = bundle.export(
            store,
            selection,
            load_catalogue(),
            output,
            pseudonyms=pseudonyms,
            seals=Seals(**given),
            archive=ArchiveOptions(**archive),
        )
    write_exported(exported, as_json=as_json)


@evidence.command()
@click.argument("bundle", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--store", "the_store", is_flag=True, help="Verify the store itself instead of a bundle.")
@click.option("--key", type=READABLE, help="The public key (PEM), got by another way than the bundle.")
@click.option("--ca", type=READABLE, help="Certificates that the CMS signature must come from.")
@click.option("--tsa-ca", type=READABLE, help="Certificates that the time stamp must come from.")
@click.option(
    "--checkpoint", type=READABLE, help="With --store: a checkpoint kept from before, that must still be in it."
)
@click.option(
    "--pseudonym-key", type=READABLE, help="With --store: also prove that what was told without names tells the same."
)
@json_option
@click.pass_obj
def verify(
    settings: Settings,
    bundle: Path | None,
    key: Path | None,
    ca: Path | None,
    tsa_ca: Path | None,
    checkpoint: Path | None,
    pseudonym_key: Path | None,
    *,
    the_store: bool,
    as_json: bool,
) -> None:
    """Say what a bundle, or the store, proves, what not, and where it is broken. Exits with 1 unless all is proven."""
    from baseline.evidence import store_check, verifier  # noqa: PLC0415 - slow to import

    if (bundle is None) is not the_store:
        raise click.UsageError("name a bundle, or give --store to verify the store")
    public = key.read_bytes() if key else None
    if bundle is not None:
        report = verifier.verify(bundle, public, ca=ca, tsa=tsa_ca)
    else:
        kept = checkpoint.read_bytes() if checkpoint else None
        pseudonyms = load_pseudonyms(pseudonym_key, create=False) if pseudonym_key else None
        with Store.open(settings.store, read_only=True) as store:
            report = store_check.verify_store(store, key=public, kept=kept, pseudonyms=pseudonyms)
    write_proof(report, as_json=as_json)
    raise click.exceptions.Exit(ExitCode.MET if report.holds else ExitCode.NOT_MET)


@evidence.command()
@click.option("--limit", type=click.IntRange(1, 100_000), default=20, show_default=True, help="Entries to list.")
@json_option
@click.pass_obj
def log(settings: Settings, limit: int, *, as_json: bool) -> None:
    """List the latest entries of the append-only log, newest first."""
    with Store.open(settings.store, read_only=True) as store:
        write_log(store.evidence.latest(limit), as_json=as_json)


@evidence.command()
@json_option
@click.pass_obj
def checkpoint(settings: Settings, *, as_json: bool) -> None:
    """Show the latest checkpoint. Keep its JSON elsewhere: the store can never be taken back to before it unseen."""
    with Store.open(settings.store, read_only=True) as store:
        write_checkpoint(*store.evidence.latest_checkpoint(), as_json=as_json)


@evidence.command()
@click.pass_obj
def sign(settings: Settings) -> None:
    """Sign the checkpoints that are not signed yet, such as those of runs without a key."""
    from baseline.evidence.signing import sign_checkpoints  # noqa: PLC0415 - slow to import

    with Store.open(settings.store) as store:
        number = len(store.evidence.unsigned())
        note = sign_checkpoints(store)
    if note:
        raise click.ClickException(note)
    click.echo(f"{number} checkpoints signed.")


@evidence.command()
@click.option("--again", is_flag=True, help="Also runs that were told before: with this key, and what is still there.")
@pseudonym_key_option
@click.pass_obj
def tell(settings: Settings, pseudonym_key: Path, *, again: bool) -> None:
    """Put in the log how runs are told without names of people: those that were not, or that cannot be told so any more.

    Every run is told when it ends. This is for runs of an older version, that were killed, that had no key, or that were
    told under a key that is lost. The bundle says when they were told.
    """
    from baseline.evidence.signing import sign_checkpoints  # noqa: PLC0415 - slow to import
    from baseline.evidence.telling import tell_all  # noqa: PLC0415 - the same

    with Store.open(settings.store) as store:
        told = tell_all(store, load_pseudonyms(pseudonym_key, create=True), again=again)
        note = sign_checkpoints(store)
    click.echo(f"{len(told)} runs told without names of people.")
    if note:
        click.echo(note, err=True)
