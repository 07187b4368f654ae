"""Moments as certificates and devices print them."""

import re
from datetime import datetime

_OPENSSL = re.compile(r"\s*([A-Z][a-z]{2}) +(\d{1,2}) (\d{2}:\d{2}:\d{2}) (\d{4}) GMT\b")


def openssl_moment(text: str) -> str | None:
    """``Nov  2 03:12:40 2026 GMT``, as OpenSSL prints it, in RFC 3339; None when it is not that.

    >>> openssl_moment("Nov  2 03:12:40 2026 GMT")
    '2026-11-02T03:12:40Z'
    """
    found = _OPENSSL.match(text)
    if found is None:
        return None
    try:
        moment = datetime.strptime(f"{found[1]} {found[2]} {found[3]} {found[4]} +0000", "%b %d %H:%M:%S %Y %z")
    except ValueError:
        return None
    return moment.isoformat().replace("+00:00", "Z")
