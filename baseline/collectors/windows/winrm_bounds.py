"""Bounds what a WinRM server may send. Loads requests, an extra: imported only when WinRM is used."""

from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter

from baseline.models.errors import CollectError

_CHUNK = 65536
_UNAUTHORISED = 401


class BoundedAdapter(BaseAdapter):
    """Sends through another adapter, and reads no answer of more than ``maximum_bytes``."""

    def __init__(self, inner: BaseAdapter, maximum_bytes: int) -> None:
        super().__init__()
        self._inner, self._maximum = inner, maximum_bytes

    def send(self, request: PreparedRequest, *arguments: Any, **options: Any) -> Response:
        """Send a request.

        Raises:
            CollectError: ``too_much_output``.
        """
        response = self._inner.send(request, *arguments, **options)
        adapter: Any = self
        response.connection = adapter  # a login that takes several requests sends them through here too
        stated = response.headers.get("Content-Length", "")
        if stated.isdecimal() and int(stated[:20]) > self._maximum:
            self._refuse(response)
        # A challenge is read later: pypsrp first looks for the certificate in its open connection.
        if response.status_code != _UNAUTHORISED:
            self._read(response)
        return response

    def close(self) -> None:
        """Close the other adapter."""
        self._inner.close()

    def _read(self, response: Response) -> None:
        content = bytearray()
        for chunk in response.iter_content(_CHUNK):
            content += chunk
            if len(content) > self._maximum:
                self._refuse(response)
        response._content = bytes(content)  # noqa: SLF001 - requests has no other way to bound a body

    def _refuse(self, response: Response) -> None:
        response.close()
        raise CollectError("too_much_output", f"an answer over WinRM has more than {self._maximum} bytes")
