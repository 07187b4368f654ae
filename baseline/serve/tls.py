"""TLS of the server."""

import ssl
from pathlib import Path

from baseline.models.errors import BaselineError
from baseline.serve.web_configuration import TlsSettings

_DEMANDS = {
    "NoClientCert": ssl.CERT_NONE,
    "VerifyClientCertIfGiven": ssl.CERT_OPTIONAL,
    "RequireAndVerifyClientCert": ssl.CERT_REQUIRED,
}


def server_context(settings: TlsSettings) -> ssl.SSLContext:
    """A context for new connections.

    Raises:
        BaselineError: the certificate or the key cannot be used.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = settings.min_version
    load_certificate(context, settings)
    context.verify_mode = _DEMANDS[settings.client_authentication]
    return context


def load_certificate(context: ssl.SSLContext, settings: TlsSettings) -> None:
    """Take the certificate that stands in the files now: connections that come later see it.

    Raises:
        BaselineError: the certificate or the key cannot be used.
    """
    try:
        context.load_cert_chain(settings.cert_file, settings.key_file)
        if settings.client_ca_file is not None:
            context.load_verify_locations(settings.client_ca_file)
    except (ssl.SSLError, OSError) as error:
        raise BaselineError(f"the certificate or key for TLS cannot be used: {error}") from error


def modified(files: tuple[Path, ...]) -> tuple[int, ...]:
    """When files changed last, in nanoseconds; 0 for one that is not there."""
    return tuple(file.stat().st_mtime_ns if file.exists() else 0 for file in files)
