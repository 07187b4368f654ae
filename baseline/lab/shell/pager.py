"""Pages of a long answer."""

MORE = b" --More-- "
ERASE = b"\b" * 9 + b" " * 8 + b"\b" * 9
"""What IOS prints over the question when a key is pressed."""


class Pager:
    """Shows an answer in pages of ``height`` lines; 0 means all at once.

    ``more`` is the question for more, ``erase`` what is printed over it when a key is pressed.
    """

    def __init__(self, height: int, *, more: bytes = MORE, erase: bytes = ERASE) -> None:
        self.height = height
        self._more = more
        self._erase = erase
        self._rest: list[bytes] = []

    @property
    def waiting(self) -> bool:
        """Whether a key must be pressed for more."""
        return bool(self._rest)

    def first(self, wire: bytes, line_count: int) -> bytes:
        """The first page of an answer, with the question for more if there is more."""
        if not self.height or line_count < self.height:
            return wire
        self._rest = wire.splitlines(keepends=True)
        return self._page(self.height - 1)

    def key(self, key: bytes) -> bytes:
        """What a key press brings: space a page, Enter a line, anything else the end."""
        if key == b" ":
            return self._erase + self._page(self.height - 1)
        if key in b"\r\n":
            return self._erase + self._page(1)
        self._rest = []
        return self._erase

    def _page(self, count: int) -> bytes:
        page, self._rest = self._rest[:count], self._rest[count:]
        return b"".join(page) + (self._more if self._rest else b"")
