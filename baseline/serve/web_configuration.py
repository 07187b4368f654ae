"""The web configuration file, in the form that Prometheus's own exporters read.

https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md describes it. What is not supported
here is refused by name, so that nobody counts on it.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from ssl import TLSVersion

import msgspec

from baseline.content.document import load_document
from baseline.content.reading import Reading
from baseline.models.errors import ContentError, Problem

VERSIONS = {"TLS12": TLSVersion.TLSv1_2, "TLS13": TLSVersion.TLSv1_3}
"""TLS 1.0 and 1.1 are not offered (RFC 8996)."""
CLIENT_AUTHENTICATION = ("NoClientCert", "VerifyClientCertIfGiven", "RequireAndVerifyClientCert")
HEADERS = (
    "Content-Security-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "X-XSS-Protection",
)
"""Headers that a configuration may set; the same as the toolkit's."""
BCRYPT = re.compile(r"\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}")
HIGHEST_COST = 14
"""A hash that costs more would keep a processor busy for seconds per wrong password."""


class TlsSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How TLS is spoken. ``client_authentication`` is one of Go's words for it."""

    cert_file: Path
    key_file: Path
    client_ca_file: Path | None = None
    client_authentication: str = "NoClientCert"
    min_version: TLSVersion = TLSVersion.TLSv1_2

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file it consists of."""
        return tuple(file for file in (self.cert_file, self.key_file, self.client_ca_file) if file is not None)

    @property
    def proves_clients(self) -> bool:
        """Whether nobody comes in without a certificate."""
        return self.client_authentication == "RequireAndVerifyClientCert"


class WebConfiguration(msgspec.Struct, frozen=True, kw_only=True):
    """``users`` maps names to bcrypt hashes; empty: everybody may read."""

    tls: TlsSettings | None = None
    users: Mapping[str, str] = {}
    headers: Mapping[str, str] = {}


def read_web_configuration(path: Path) -> WebConfiguration:
    """Read the file; the files it names are relative to its folder.

    Raises:
        ContentError: it is not right; it holds every problem.
    """
    problems: list[Problem] = []
    document = load_document(path, problems)
    reading = Reading(document, problems) if document is not None and document.data is not None else None
    found = WebConfiguration() if reading is None else _read(reading, path.parent)
    if problems:
        raise ContentError(problems)
    return found


def _read(reading: Reading, folder: Path) -> WebConfiguration:
    reading.only(("tls_server_config", "http_server_config", "basic_auth_users"))
    tls = reading.mapping("tls_server_config")
    http = reading.mapping("http_server_config")
    return WebConfiguration(
        tls=None if tls is None else _tls(tls, folder),
        users=_users(reading),
        headers={} if http is None else _headers(http),
    )


def _tls(reading: Reading, folder: Path) -> TlsSettings:
    reading.only(("cert_file", "key_file", "client_ca_file", "client_auth_type", "min_version"))
    authentication = reading.choice("client_auth_type", CLIENT_AUTHENTICATION) or "NoClientCert"
    authority = _file(reading, "client_ca_file", folder, required=authentication != "NoClientCert")
    if authority is not None and authentication == "NoClientCert":
        reading.report(("client_ca_file",), "is of no use with NoClientCert", "add client_auth_type")
    return TlsSettings(
        cert_file=_file(reading, "cert_file", folder, required=True) or folder,
        key_file=_file(reading, "key_file", folder, required=True) or folder,
        client_ca_file=authority,
        client_authentication=authentication,
        min_version=VERSIONS[reading.choice("min_version", VERSIONS) or "TLS12"],
    )


def _file(reading: Reading, key: str, folder: Path, *, required: bool) -> Path | None:
    name = reading.text(key, required=required)
    if not name:
        return None
    path = folder / name
    if not path.is_file():
        reading.report((key,), f"there is no file {path}")
    return path


def _users(reading: Reading) -> dict[str, str]:
    users = reading.mapping("basic_auth_users")
    found: dict[str, str] = {}
    for name in users.data if users is not None else ():
        text = users.text(name) if users is not None else ""
        matched = BCRYPT.fullmatch(text)
        if matched is None:
            reading.report(
                ("basic_auth_users", name), f"the password of '{name}' is not a bcrypt hash", "htpasswd -nBC 10 ''"
            )
        elif int(matched[1]) > HIGHEST_COST:
            reading.report(("basic_auth_users", name), f"a cost above {HIGHEST_COST} takes seconds per request")
        found[str(name)] = text
    return found


def _headers(reading: Reading) -> dict[str, str]:
    reading.only(("headers",))
    headers = reading.mapping("headers")
    if headers is None:
        return {}
    headers.only(HEADERS)
    found = {name: headers.text(name) for name in headers.data if name in HEADERS}
    for name, value in found.items():
        if "\r" in value or "\n" in value:
            headers.report((name,), "holds a line break")
    return found
