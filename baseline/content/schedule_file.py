"""Reads a schedule: a YAML file beside the inventory."""

from ipaddress import ip_address
from pathlib import Path
from typing import Any, cast, get_args
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from baseline.content.document import load_document
from baseline.content.reading import Reading
from baseline.models.errors import BaselineError, ContentError, Problem
from baseline.models.schedule import (
    Alertmanager,
    Channel,
    Job,
    Language,
    Mail,
    MailSecurity,
    Maintenance,
    Schedule,
    Webhook,
)

_KEYS = (
    "inventories",
    "jobs",
    "maintenance",
    "notify",
    "hold",
    "window_days",
    "vault_password_files",
    "checks_folders",
    "known_hosts",
)
_SELECTION = ("checks", "controls", "tags", "groups", "sites", "targets")
_JOB_KEYS = (
    "name",
    "cron",
    "timezone",
    "jitter_seconds",
    "catch_up",
    "limit_minutes",
    *_SELECTION,
    "concurrency",
    "site_concurrency",
)
_MEANS = ("webhook", "alertmanager", "email")
_CHANNEL_KEYS = ("name", *_MEANS, "owners", "sites", "digest", "timezone", "language")
_ZONE = "Europe/Amsterdam"
_EXAMPLE = "for example '30 2 * * *': minute, hour, day of the month, month, day of the week"


def load_schedule(path: Path) -> Schedule:
    """The schedule in a file; paths in it are taken from the file's folder.

    Raises:
        ContentError: with everything that is wrong with it.
        BaselineError: the package that reads cron expressions is not installed.
    """
    problems: list[Problem] = []
    document = load_document(path, problems)
    if document is None:
        raise ContentError(problems)
    reading = Reading(document, problems)
    schedule = _schedule(reading, path.absolute().parent)
    if problems:
        raise ContentError(problems)
    return schedule


def _schedule(reading: Reading, folder: Path) -> Schedule:
    reading.only(_KEYS)
    jobs = tuple(_job(each) for each in reading.mappings("jobs"))
    if not jobs:
        reading.report((), "'jobs' is missing or empty")
    channels = tuple(found for each in reading.mappings("notify") if (found := _channel(each)))
    _require_names(reading, "jobs", [job.name for job in jobs])
    _require_names(reading, "notify", [channel.name for channel in channels])
    known_hosts = reading.text("known_hosts")
    return Schedule(
        inventories=_paths(reading, "inventories", folder, required=True),
        jobs=jobs,
        maintenance=tuple(_maintenance(each) for each in reading.mappings("maintenance")),
        channels=channels,
        hold=_number(reading, "hold", 2, 1, 100),
        window_days=_number(reading, "window_days", 7, 0, 3650),
        vault_password_files=_paths(reading, "vault_password_files", folder),
        checks_folders=_paths(reading, "checks_folders", folder),
        known_hosts=str(folder / known_hosts) if known_hosts else "",
    )


def _paths(reading: Reading, key: str, folder: Path, *, required: bool = False) -> tuple[str, ...]:
    found = tuple(str(folder / Path(text).expanduser()) for text in reading.texts(key, required=required))
    for text in found:
        if not Path(text).exists():
            reading.report((key,), f"there is no {text}")
    return found


def _job(reading: Reading) -> Job:
    reading.only(_JOB_KEYS)
    selection: dict[str, Any] = {key: reading.texts(key) for key in _SELECTION}
    return Job(
        name=reading.text("name", required=True),
        cron=_cron(reading, "cron", required=True),
        timezone=_timezone(reading),
        jitter_seconds=_number(reading, "jitter_seconds", 0, 0, 86_400),
        catch_up=_flag(reading, "catch_up", default=True),
        limit_minutes=_number(reading, "limit_minutes", 240, 1, 7 * 1440),
        concurrency=_number(reading, "concurrency", 20, 1, 500),
        site_concurrency=_number(reading, "site_concurrency", 0, 0, 500),
        **selection,
    )


def _maintenance(reading: Reading) -> Maintenance:
    reading.only(("name", "start", "minutes", "reason", "timezone", "sites"))
    return Maintenance(
        name=reading.text("name", required=True),
        start=_cron(reading, "start", required=True),
        minutes=_number(reading, "minutes", 60, 1, 7 * 1440, required=True),
        reason=reading.text("reason", required=True),
        timezone=_timezone(reading),
        sites=reading.texts("sites"),
    )


def _channel(reading: Reading) -> Channel | None:
    reading.only(_CHANNEL_KEYS)
    named = [key for key in _MEANS if reading.data.get(key) is not None]
    if len(named) != 1:
        reading.report((), f"says how in one way: {', '.join(_MEANS)}")
        return None
    means = _means(cast(Reading, reading.mapping(named[0])), named[0])
    language = cast(Language, reading.choice("language", get_args(Language)) or "nl")
    return Channel(
        name=reading.text("name", required=True),
        means=means,
        owners=reading.texts("owners"),
        sites=reading.texts("sites"),
        digest=_cron(reading, "digest"),
        timezone=_timezone(reading),
        language=language,
    )


def _means(reading: Reading, kind: str) -> Webhook | Alertmanager | Mail:
    if kind == "email":
        return _mail(reading)
    reading.only(("url", "token_environment"))
    url = reading.text("url", required=True)
    token = reading.text("token_environment")
    address = _address(url)
    if url and address is None:
        reading.report(("url",), f"'{url[:100]}' is not an address", "write it as https://host/path")
    if address is not None and address.password:
        reading.report(("url",), "holds a password", "use token_environment")
    if address is not None and token and address.scheme == "http" and not _is_this_machine(address.hostname or ""):
        reading.report(("url",), "a token goes over HTTPS, or to this machine", "write it as https://host/path")
    if kind == "webhook":
        return Webhook(url=url, token_environment=token)
    return Alertmanager(url=url, token_environment=token)


def _address(url: str) -> SplitResult | None:
    """The parts of an address of the web; None when it is none."""
    try:
        address = urlsplit(url)
        port = address.port
    except ValueError:
        return None
    is_one = address.scheme in {"http", "https"} and address.hostname and url.isprintable() and " " not in url
    return address if is_one and port != 0 else None


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _mail(reading: Reading) -> Mail:
    reading.only(("server", "port", "security", "user", "password_environment", "from", "to"))
    mail = _mail_settings(reading)
    if mail.security == "none" and mail.user and not _is_this_machine(mail.server):
        reading.report(("security",), "a password goes over TLS, or to this machine", "starttls, or tls")
    for key, addresses in (("from", (mail.sender,)), ("to", mail.receivers)):
        if any(address and not address.isprintable() for address in addresses):
            reading.report((key,), "an address holds no line end or other control character")
    return mail


def _mail_settings(reading: Reading) -> Mail:
    return Mail(
        server=reading.text("server", required=True),
        port=_number(reading, "port", 587, 1, 65_535),
        security=cast(MailSecurity, reading.choice("security", get_args(MailSecurity)) or "starttls"),
        user=reading.text("user"),
        password_environment=reading.text("password_environment"),
        sender=reading.text("from", required=True),
        receivers=reading.texts("to", required=True),
    )


def _cron(reading: Reading, key: str, *, required: bool = False) -> str:
    text = reading.text(key, required=required)
    if text and not _is_cron(text):
        reading.report((key,), f"'{text[:60]}' is not a cron expression", _EXAMPLE)
        return ""
    return text


def _is_cron(text: str) -> bool:
    try:
        from croniter import croniter  # noqa: PLC0415 - an extra, and only needed for schedules
    except ModuleNotFoundError as error:
        raise BaselineError("schedules need an extra: pip install 'baseline[serve]'") from error
    return len(text.split()) == 5 and bool(croniter.is_valid(text))


def _timezone(reading: Reading) -> str:
    name = reading.text("timezone") or _ZONE
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        reading.report(("timezone",), f"there is no time zone '{name[:60]}'", "for example Europe/Amsterdam")
        return _ZONE
    return name


def _number(reading: Reading, key: str, default: int, least: int, most: int, *, required: bool = False) -> int:
    value = reading.data.get(key)
    if value is None:
        if required:
            reading.report((), f"'{key}' is missing")
        return default
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        reading.report((key,), f"'{key}' must be a whole number from {least} to {most}")
        return default
    return value


def _flag(reading: Reading, key: str, *, default: bool) -> bool:
    value = reading.data.get(key)
    if value is None:
        return default
    if not isinstance(value, bool):
        reading.report((key,), f"'{key}' must be true or false")
        return default
    return value


def _require_names(reading: Reading, key: str, names: list[str]) -> None:
    for index, name in enumerate(names):
        if names.index(name) != index:
            reading.report((key, index, "name"), f"the name '{name}' is used twice")
        if name and (":" in name or not name.isprintable() or len(name) > 100):
            reading.report((key, index, "name"), "a name has at most 100 characters and no ':'")
