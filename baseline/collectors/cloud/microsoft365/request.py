"""One request to Microsoft Graph: where, with which permission, and what for."""

import msgspec


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A list or document of Microsoft Graph.

    ``path`` is below the version. ``scope`` is the least privileged application permission that may read it (Microsoft,
    *Microsoft Graph permissions reference*), ``why`` what it is read for. ``single``: one document instead of a list.
    """

    path: str
    scope: str
    why: str
    version: str = "v1.0"
    single: bool = False

    @property
    def url(self) -> str:
        """The path as it is sent."""
        return self.path.replace(" ", "%20")
