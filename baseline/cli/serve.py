"""``baseline serve``: metrics and probes over HTTP, and what runs beside them."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from baseline.cli.main import Settings
from baseline.cli.options import checks_folder_option, inventory_option, vault_option

if TYPE_CHECKING:
    from baseline.schedule.keeping import Keeper
    from baseline.serve.content import Content
    from baseline.store.store import Store

DEFAULT_ADDRESS = "127.0.0.1:9873"


@click.command()
@inventory_option
@vault_option
@checks_folder_option
@click.option(
    "--listen", "address", default=DEFAULT_ADDRESS, show_default=True, metavar="HOST:PORT", help="Port 0: any."
)
@click.option(
    "--web-config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TLS and authentication, as Prometheus's exporters read it.",
)
@click.option(
    "--schedule",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Keep this schedule too; see docs/schedule.md.",
)
@click.option("--insecure", is_flag=True, help="Listen off this machine without TLS or authentication all the same.")
@click.option("--known-hosts", type=click.Path(path_type=Path), help="File of accepted SSH host keys, for /probe.")
@click.option(
    "--detail-limit",
    type=click.IntRange(0, 1_000_000),
    default=20_000,
    show_default=True,
    help="Series of checks that single targets do not meet, at most.",
)
@click.option(
    "--reload",
    "reload_seconds",
    type=click.FloatRange(5, 86_400),
    default=300.0,
    show_default=True,
    help="Seconds between readings of inventory, waivers, attestations and checks.",
)
@click.pass_obj
def serve(settings: Settings, /, **given: Any) -> None:
    """Serve /metrics, /probe, /-/healthy and /-/ready until SIGINT or SIGTERM.

    With an inventory it also tells of targets that were never asked, of waivers and attestations, and can /probe.
    """
    require_serve_extra()
    if not settings.debug:
        logging.getLogger("baseline").setLevel(logging.WARNING)
    from baseline.cli.served_content import content_of  # noqa: PLC0415 - heavy
    from baseline.store.store import Store  # noqa: PLC0415 - heavy

    with Store.open(settings.store) as store:
        _run(store, settings.store, content_of(given, given["reload_seconds"]), given)


def require_serve_extra() -> None:
    """Say what is missing, before anything is done.

    Raises:
        UsageError: the extra is not installed.
    """
    from importlib.util import find_spec  # noqa: PLC0415 - only here

    if any(find_spec(name) is None for name in ("bcrypt", "prometheus_client", "starlette", "uvicorn")):
        raise click.UsageError("this needs more packages: pip install 'baseline[serve]'")


def _run(store: "Store", location: str, content: "Content", given: dict[str, Any]) -> None:
    from baseline.collectors.interface import CollectSettings  # noqa: PLC0415 - heavy
    from baseline.serve.app import Server  # noqa: PLC0415 - heavy, and of an extra
    from baseline.serve.authentication import Users  # noqa: PLC0415 - the same
    from baseline.serve.listening import listen, url_of  # noqa: PLC0415 - the same
    from baseline.serve.parts import Parts  # noqa: PLC0415 - the same
    from baseline.serve.probe import Prober  # noqa: PLC0415 - the same
    from baseline.serve.schedule_source import KeptSchedule  # noqa: PLC0415 - the same
    from baseline.serve.server import WebSettings, run_server  # noqa: PLC0415 - the same
    from baseline.serve.sources import exposition_of  # noqa: PLC0415 - the same

    web = WebSettings(given["web_config"])
    keeper = _keeper(location, given["schedule"])
    parts = Parts([content, web, *([KeptSchedule(keeper)] if keeper else [])])
    inventory = content.loaded.inventory
    known_hosts = given["known_hosts"] or (inventory and inventory.known_hosts) or CollectSettings().known_hosts
    prober = Prober(lambda: content.loaded, CollectSettings(known_hosts=known_hosts)) if inventory else None
    exposition = exposition_of(store, content, parts, keeper=keeper, limit=given["detail_limit"])
    with listen(given["address"], web.current, insecure=given["insecure"]) as listening:
        app = Server(exposition, parts, prober, web.current.headers).application(Users(web.users))
        click.echo(f"Listening on {url_of(listening, web.current)}", err=True)
        run_server(app, listening, web)


def _keeper(location: str, file: Path | None) -> "Keeper | None":
    """What keeps the schedule in a file; None where there is none."""
    if file is None:
        return None
    from baseline.content.schedule_file import load_schedule  # noqa: PLC0415 - heavy
    from baseline.schedule.keeping import Keeper  # noqa: PLC0415 - of an extra

    return Keeper(load_schedule(file), location)
