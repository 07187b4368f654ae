"""Where the server listens, and what that demands."""

import ipaddress
import socket

from baseline.models.errors import BaselineError
from baseline.serve.web_configuration import WebConfiguration


def listen(address: str, web: WebConfiguration, *, insecure: bool) -> socket.socket:
    """A socket on ``HOST:PORT`` (``[::1]:9873``); port 0 takes any that is free.

    Raises:
        BaselineError: the address is not one, is taken, or is off this machine without TLS and without authentication.
    """
    host, port = _split(address)
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except OSError as error:
        raise BaselineError(f"cannot listen on {address}: {error.strerror}") from error
    if not insecure and not ipaddress.ip_address(str(place[0]).partition("%")[0]).is_loopback:
        _require_protection(address, web)
    try:
        return socket.create_server((str(place[0]), int(place[1])), family=family, backlog=64)
    except OSError as error:
        raise BaselineError(f"cannot listen on {address}: {error.strerror}") from error


def _split(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65_535:
        raise BaselineError(f"'{address}' is not an address to listen on; write 127.0.0.1:9873 or [::1]:9873")
    return host, int(port)


def _require_protection(address: str, web: WebConfiguration) -> None:
    """Metrics tell an attacker what is weak where: off this machine they go over TLS, to who can prove to be somebody."""
    missing = [] if web.tls else ["TLS (tls_server_config)"]
    if not web.users and not (web.tls and web.tls.proves_clients):
        missing.append("authentication (basic_auth_users, or RequireAndVerifyClientCert)")
    if missing:
        raise BaselineError(
            f"{address} can be reached from other machines, and there is no {' and no '.join(missing)}: "
            "give --web-config, listen on 127.0.0.1, or say --insecure"
        )


def url_of(listening: socket.socket, web: WebConfiguration) -> str:
    """The address for a person."""
    host, port = listening.getsockname()[:2]
    return f"{'https' if web.tls else 'http'}://{f'[{host}]' if ':' in host else host}:{port}"
