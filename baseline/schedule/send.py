"""Hands a message to a person or program: webhook, Alertmanager or mail."""

import os
import smtplib
import ssl
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any

import msgspec

from baseline.models.errors import BaselineError
from baseline.models.schedule import Alertmanager, Mail, Webhook

TIMEOUT_SECONDS = 20.0
LONGEST_SUBJECT = 400
"""Characters."""
ALERT_STANDS = timedelta(hours=25)
"""How long Alertmanager keeps an alert that is not sent again: a day, so that a nightly job keeps it up."""


class NotSentError(BaselineError):
    """A message that did not get through; it is tried again at the next occasion."""


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that stands or was resolved, with labels to route it by."""

    labels: dict[str, str]
    summary: str
    description: str
    since: datetime
    resolved: bool = False


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What is told. ``text`` is for a person, ``document`` (JSON) for a program, ``alerts`` for Alertmanager."""

    subject: str
    text: str
    document: dict[str, Any]
    alerts: tuple[Alert, ...] = ()


def send(means: Webhook | Alertmanager | Mail, message: Message, now: datetime) -> None:
    """Send a message.

    Raises:
        NotSentError: it was not taken; the reason holds no secret.
    """
    if isinstance(means, Mail):
        _mail(means, message, now)
    elif isinstance(means, Webhook):
        _post(means.url, means.token_environment, message.document)
    elif message.alerts:
        _post(f"{means.url.rstrip('/')}/api/v2/alerts", means.token_environment, _alerts(message.alerts, now))


def _alerts(alerts: Sequence[Alert], now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "labels": alert.labels,
            "annotations": {"summary": alert.summary, "description": alert.description},
            "startsAt": alert.since.isoformat(),
            "endsAt": (now if alert.resolved else now + ALERT_STANDS).isoformat(),
        }
        for alert in alerts
    ]


def _post(url: str, token_environment: str, document: object) -> None:
    try:
        import httpx  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise NotSentError("sending needs an extra: pip install 'baseline[serve]'") from error
    headers = {"content-type": "application/json"}
    if token_environment:
        headers["authorization"] = f"Bearer {_secret(token_environment)}"
    try:
        with httpx.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False) as client:
            answer = client.post(url, content=msgspec.json.encode(document), headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotSentError(f"{_host(url)} did not take it: {type(error).__name__}") from None
    if not answer.is_success:
        raise NotSentError(f"{_host(url)} did not take it: HTTP {answer.status_code}")


def _mail(means: Mail, message: Message, now: datetime) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = _header(message.subject), means.sender, ", ".join(means.receivers)
    mail["Date"], mail["Message-ID"] = format_datetime(now), make_msgid(domain="baseline.invalid")
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence message answers it
    mail.set_content(message.text.encode("utf-8", "replace").decode())
    try:
        _deliver(means, mail)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSentError(f"{means.server} did not take the mail: {type(error).__name__}") from None


def _header(text: str) -> str:
    """A name of a target on one line: with a line end it would begin a header of its own (CWE-93)."""
    return "".join(letter if letter.isprintable() else " " for letter in text)[:LONGEST_SUBJECT]


def _deliver(means: Mail, mail: EmailMessage) -> None:
    trusted = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(means.server, means.port, timeout=TIMEOUT_SECONDS, context=trusted)
        if means.security == "tls"
        else smtplib.SMTP(means.server, means.port, timeout=TIMEOUT_SECONDS)
    ) as server:
        if means.security == "starttls":
            server.starttls(context=trusted)
        if means.user:
            server.login(means.user, _secret(means.password_environment))
        server.send_message(mail)


def _secret(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise NotSentError(f"the environment variable {name} is not set")
    return value


def _host(url: str) -> str:
    from urllib.parse import urlsplit  # noqa: PLC0415

    return urlsplit(url).hostname or "the receiver"
