"""Runs the application."""

import asyncio
import logging
import socket
from collections.abc import Mapping
from pathlib import Path
from ssl import SSLContext

import uvicorn
from starlette.applications import Starlette

from baseline.models.errors import BaselineError
from baseline.serve.connections import BoundedConnection
from baseline.serve.tls import load_certificate, modified, server_context
from baseline.serve.web_configuration import TlsSettings, WebConfiguration, read_web_configuration

LONGEST_REQUEST_SECONDS = 10
"""What a request may still take when the server ends."""
MOST_CONNECTIONS = 200
LARGEST_HEAD = 16 * 1024
"""Bytes of a request's head."""
CERTIFICATE_SECONDS = 5.0
"""How often it is looked whether the certificate was renewed."""
log = logging.getLogger(__name__)


class WebSettings:
    """The web configuration as it is in its file now. Certificates and users may change while the server runs."""

    name = "web-configuration"

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._seen = self._modified()
        self.current = read_web_configuration(path) if path else WebConfiguration()
        self.context: SSLContext | None = server_context(self.current.tls) if self.current.tls else None

    def users(self) -> Mapping[str, str]:
        """Who may come in; looks whether the file changed."""
        if self._modified() != self._seen:
            self._read_again()
        return self.current.users

    def _modified(self) -> tuple[int, ...]:
        return modified((self._path,)) if self._path else ()

    def _read_again(self) -> None:
        """A file that is wrong now changes nothing, and is looked at again when it changes again."""
        self._seen = self._modified()
        try:
            found = read_web_configuration(self._path) if self._path else WebConfiguration()
        except BaselineError as error:
            log.error("the web configuration stays as it was: %s", error)  # noqa: TRY400  the reason is enough
            return
        if bool(found.users) != bool(self.current.users) or found.tls != self.current.tls:
            log.error("the web configuration now asks for other protection; that counts after a restart")
            return
        self.current = found

    async def run(self) -> None:
        """Take a renewed certificate."""
        tls = self.current.tls
        if tls is None or self.context is None:
            await asyncio.Event().wait()
            return
        seen = modified(tls.files)
        while True:
            await asyncio.sleep(CERTIFICATE_SECONDS)
            if (now := modified(tls.files)) != seen:
                seen = self._renew(tls, self.context, now)

    def _renew(self, tls: TlsSettings, context: SSLContext, now: tuple[int, ...]) -> tuple[int, ...]:
        try:
            renewed = server_context(tls)  # tried apart first: a half written pair must not spoil the one in use
            taken_out = [each for each in context.get_ca_certs() if each not in renewed.get_ca_certs()]
            load_certificate(context, tls)
            if taken_out:
                log.error(
                    "an authority was taken out of %s; who it vouches for still comes in until a restart",
                    tls.client_ca_file,
                )
        except BaselineError as error:
            log.error("the certificate stays as it was: %s", error)  # noqa: TRY400  the reason is enough
        return now


def run_server(app: Starlette, listening: socket.socket, web: WebSettings) -> None:
    """Serve until SIGINT or SIGTERM."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        timeout_graceful_shutdown=LONGEST_REQUEST_SECONDS,
        limit_concurrency=MOST_CONNECTIONS,
        h11_max_incomplete_event_size=LARGEST_HEAD,
        http=BoundedConnection,
        ws="none",
    )
    config.load()
    config.ssl = web.context
    uvicorn.Server(config).run(sockets=[listening])
