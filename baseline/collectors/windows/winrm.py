"""Runs a script over WinRM (PowerShell Remoting, [MS-PSRP]) with pypsrp, an extra. Always within TLS."""

import logging
import time
from pathlib import Path
from typing import Any

from baseline.collectors.interface import CollectSettings
from baseline.models.errors import CollectError
from baseline.models.target import Target

POLL_SECONDS = 15
"""How long one request waits for output before it is asked again ([MS-WSMV] OperationTimeout)."""


def run_script(target: Target, script: str, password: str | None, settings: CollectSettings) -> tuple[bytes, bytes]:
    """What a script wrote as output, and its errors.

    Raises:
        CollectError: ``missing_extra``, ``credential``, ``unreachable``, ``timeout``, ``authentication``,
            ``host_key_unknown`` (the certificate is not trusted), ``too_much_output``, ``disconnected`` or ``unparsable``.
    """
    try:
        import pypsrp.exceptions  # noqa: F401, PLC0415 - an extra
    except ImportError as error:
        hint = "pip install 'baseline[winrm]', or ask over ssh"
        raise CollectError("missing_extra", "WinRM needs pypsrp", hint) from error
    if not target.connection.credentials.user or (password is None and _needs_password(target)):
        hint = "set ansible_user, and ansible_password in a vault"
        raise CollectError("credential", f"WinRM needs a user and a password for {target.name}", hint)
    authority = target.connection.certificate_authority
    if authority and not Path(authority).expanduser().is_file():
        raise CollectError("credential", f"there is no file of certificates at {authority}", "see ansible_psrp_ca_cert")
    deadline = time.monotonic() + settings.timeout_seconds
    return _translated(target, lambda: _run(target, script, password, settings, deadline))


def _needs_password(target: Target) -> bool:
    """Kerberos may have a ticket."""
    return target.connection.authentication not in ("kerberos", "negotiate")


def _run(
    target: Target, script: str, password: str | None, settings: CollectSettings, deadline: float
) -> tuple[bytes, bytes]:
    from pypsrp.powershell import PowerShell, RunspacePool  # noqa: PLC0415 - an extra
    from pypsrp.wsman import WSMan  # noqa: PLC0415 - same

    connection = target.connection
    stated = connection.certificate_authority
    authority: Any = (
        str(Path(stated).expanduser()) if stated else True
    )  # a file is possible, though its type does not say so
    session = WSMan(
        connection.address,
        port=connection.port,
        username=connection.credentials.user,
        password=password,
        ssl=True,
        auth=connection.authentication,
        cert_validation=authority,
        connection_timeout=max(1, int(settings.connect_timeout_seconds)),
        operation_timeout=POLL_SECONDS,
        read_timeout=POLL_SECONDS + 10,
        no_proxy=True,
    )
    _bound(session, settings.maximum_output_bytes)
    with session, RunspacePool(session) as pool:
        shell = PowerShell(pool)
        shell.add_script(script)
        shell.begin_invoke()
        while _runs(shell):
            _require_room(shell, settings, deadline)
            shell.poll_invoke(timeout=POLL_SECONDS)
        _require_room(shell, settings, deadline)
        output = "\n".join(str(item) for item in shell.output)
        complaint = "\n".join(str(record) for record in list(shell.streams.error)[:20])
    return output.encode("utf-8", "replace"), complaint.encode("utf-8", "replace")


def _bound(session: Any, maximum_bytes: int) -> None:
    """Let the session follow no redirects, log nothing, and read no answer that is too large."""
    from baseline.collectors.windows.winrm_bounds import BoundedAdapter  # noqa: PLC0415 - an extra

    logging.getLogger("pypsrp").addHandler(logging.NullHandler())
    http = session.transport._build_session()  # noqa: SLF001 - pypsrp makes it when it first sends, too late for bounds
    http.max_redirects = 0
    http.mount("https://", BoundedAdapter(http.get_adapter("https://"), maximum_bytes))
    session.transport.session = http


def _runs(shell: Any) -> bool:
    from pypsrp.complex_objects import PSInvocationState  # noqa: PLC0415 - an extra

    return bool(shell.state == PSInvocationState.RUNNING)


def _require_room(shell: Any, settings: CollectSettings, deadline: float) -> None:
    if sum(len(str(item)) for item in shell.output) > settings.maximum_output_bytes:
        message = f"the script wrote more than {settings.maximum_output_bytes} bytes"
        raise CollectError("too_much_output", message)
    if time.monotonic() > deadline:
        raise CollectError("timeout", f"no answer within {settings.timeout_seconds:g} s")


def _translated(target: Target, run: Any) -> tuple[bytes, bytes]:
    """The outcome of ``run``, with the errors of its libraries as a CollectError. No message of theirs holds a secret."""
    import requests.exceptions  # noqa: PLC0415 - an extra
    from pypsrp.exceptions import AuthenticationError, WinRMError, WinRMTransportError  # noqa: PLC0415 - same
    from spnego.exceptions import SpnegoError  # noqa: PLC0415 - same

    place = f"{target.connection.address} port {target.connection.port}"
    try:
        found: tuple[bytes, bytes] = run()
    except requests.exceptions.SSLError as error:
        hint = "state where its certificate comes from: ansible_psrp_ca_cert: FILE"
        raise CollectError("host_key_unknown", f"the certificate of {place} is not trusted", hint) from error
    except requests.exceptions.Timeout as error:
        raise CollectError("timeout", f"{place} does not answer") from error
    except requests.exceptions.RequestException as error:
        raise CollectError("unreachable", f"no WinRM at {place}: {type(error).__name__}") from error
    except (AuthenticationError, SpnegoError) as error:
        raise CollectError("authentication", f"{place} refuses the user", "see user, password and rights") from error
    except WinRMTransportError as error:
        code = "authentication" if error.code in (401, 403) else "disconnected"
        raise CollectError(code, f"{place} answers with HTTP {error.code}") from error
    except WinRMError as error:
        raise CollectError("disconnected", f"WinRM of {place} fails: {type(error).__name__}") from error
    except (ValueError, TypeError, KeyError, AttributeError, LookupError, ArithmeticError, SyntaxError) as error:
        # What is no WS-Management at all breaks pypsrp's reading in many ways; xml's ParseError is a SyntaxError.
        raise CollectError("unparsable", f"{place} does not speak WinRM: {type(error).__name__}") from error
    return found
