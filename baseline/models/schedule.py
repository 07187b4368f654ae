"""Schedules: which checks run when, when they must not, and who is told what."""

from typing import Literal

import msgspec

Language = Literal["nl", "en"]
MailSecurity = Literal["starttls", "tls", "none"]


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Checks that run again and again.

    ``cron`` has five fields and holds in ``timezone``. ``jitter_seconds`` spreads the start, by the name of the job and its
    moment. ``catch_up`` runs once after downtime when a moment was missed. ``limit_minutes`` is how long a run may take.
    ``site_concurrency`` is the number of targets at one site that are asked at once; 0 does not limit.
    """

    name: str
    cron: str
    timezone: str = "Europe/Amsterdam"
    jitter_seconds: int = 0
    catch_up: bool = True
    limit_minutes: int = 240
    checks: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    concurrency: int = 20
    site_concurrency: int = 0


class Maintenance(msgspec.Struct, frozen=True, kw_only=True):
    """Time in which targets at ``sites`` (empty: everywhere) are left alone: from each moment of ``start``, for ``minutes``."""

    name: str
    start: str
    minutes: int
    reason: str
    timezone: str = "Europe/Amsterdam"
    sites: tuple[str, ...] = ()


class Webhook(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """An address that takes JSON by POST; ``token_environment`` names the variable with a bearer token."""

    url: str
    token_environment: str = ""


class Alertmanager(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Prometheus Alertmanager, at its version 2 interface."""

    url: str
    token_environment: str = ""


class Mail(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A mail server and who gets mail."""

    server: str
    sender: str
    receivers: tuple[str, ...]
    port: int = 587
    security: MailSecurity = "starttls"
    user: str = ""
    password_environment: str = ""


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """Who is told: of drift and of failed jobs at once, and at ``digest`` (cron) what happened since the last time.

    ``owners`` and ``sites`` limit it to what is theirs.
    """

    name: str
    means: Webhook | Alertmanager | Mail
    owners: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    digest: str = ""
    timezone: str = "Europe/Amsterdam"
    language: Language = "nl"


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """A whole schedule. ``inventories`` are paths; ``hold`` and ``window_days`` are explained at drift."""

    inventories: tuple[str, ...]
    jobs: tuple[Job, ...]
    maintenance: tuple[Maintenance, ...] = ()
    channels: tuple[Channel, ...] = ()
    hold: int = 2
    window_days: int = 7
    vault_password_files: tuple[str, ...] = ()
    checks_folders: tuple[str, ...] = ()
    known_hosts: str = ""
