"""What every command line does with what a client types: echo, editing, pages, questions."""

from abc import ABC, abstractmethod
from collections.abc import Callable

from baseline.lab.moment import Login
from baseline.lab.shell.grammar import PRIVILEGED
from baseline.lab.shell.pager import Pager
from baseline.lab.shell.terminal import MAXIMUM_LINE, Key, Keyboard, Kind
from baseline.lab.simulated import SimulatedDevice

ENABLE_ATTEMPTS = 3


class Console(ABC):
    """Takes what a client types and gives what the device shows, byte for byte.

    ``answered`` tells whether the last call of ``receive`` answered a reading command, ``closed`` whether the session is
    over.
    """

    def __init__(self, device: SimulatedDevice, login: Login, pager: Pager, enable_password: str | None) -> None:
        self._counters = device.counters
        self._enable_password = enable_password
        self.login = login
        self.privilege = device.spec.privilege
        self.closed = False
        self.answered = False
        self._pager = pager
        self._keyboard = Keyboard()
        self._line = bytearray()
        self._ask: Callable[[str], bytes] | None = None
        self._echo = True
        self._keys: dict[Kind, Callable[[bytes], bytes]] = {
            "enter": lambda _: self._enter(),
            "text": self._type,
            "erase": lambda _: self._erase(1),
            "erase_all": lambda _: self._erase(len(self._line)),
            "help": lambda _: self._help(bytes(self._line)),
            "interrupt": lambda _: self._interrupt(),
            "other": lambda _: b"",
        }

    @abstractmethod
    def prompt(self) -> bytes:
        """What the device shows when it waits for a command."""

    @abstractmethod
    def _command(self, line: str) -> bytes:
        """What the device shows for a line that was entered at its prompt."""

    @abstractmethod
    def _help(self, typed: bytes) -> bytes:
        """What the device shows when a question mark is typed behind these bytes."""

    def start(self) -> bytes:
        """What the device shows when a session opens."""
        return b"\r\n" + self.prompt()

    def resize(self, height: int) -> None:
        """The client says how many lines its terminal has."""
        self._pager.height = height

    def receive(self, data: bytes) -> bytes:
        """What the device shows in reaction to what was typed."""
        self.answered = False
        return b"".join(self._key(key) for key in self._keyboard.keys(data) if not self.closed)

    def run(self, line: str) -> bytes:
        """The answer to the one command of an exec request: no echo, no prompt, no pages."""
        self._pager.height = 0
        return b"\r\n" + self._command(line)

    def _key(self, key: Key) -> bytes:
        if self._pager.waiting:
            return self._page(key)
        return self._keys[key.kind](key.data)

    def _page(self, key: Key) -> bytes:
        shown = self._pager.key(key.data[:1])
        if not self._pager.waiting:
            shown += self.prompt()
        rest = key.data[1:]
        return shown + (self._key(Key("text", rest)) if rest else b"")

    def _type(self, text: bytes) -> bytes:
        kept = text[: MAXIMUM_LINE - len(self._line)]
        self._line += kept
        return kept if self._echo else b""

    def _erase(self, count: int) -> bytes:
        count = min(count, len(self._line))
        del self._line[len(self._line) - count :]
        return b"\b \b" * count if self._echo else b""

    def _interrupt(self) -> bytes:
        self._line.clear()
        self._ask, self._echo = None, True
        return b"\r\n" + self.prompt()

    def _enter(self) -> bytes:
        line = self._line.decode(errors="replace")
        self._line.clear()
        if self._ask:
            ask, self._ask, self._echo = self._ask, None, True
            shown = b"\r\n" + ask(line)
        else:
            shown = b"\r\n" + self._command(line)
        return shown if self.closed or self._ask or self._pager.waiting else shown + self.prompt()

    def _question(self, text: str, then: Callable[[str], bytes], *, echo: bool = True) -> bytes:
        self._ask, self._echo = then, echo
        return text.encode()

    def _ask_enable(self, attempt: int) -> bytes:
        if self._enable_password is None:
            return b"% Error in authentication.\r\n\r\n"
        return self._question("Password: ", lambda answer: self._enable(answer, attempt), echo=False)

    def _enable(self, answer: str, attempt: int) -> bytes:
        if answer == self._enable_password:
            self.privilege = PRIVILEGED
            return b""
        self._counters.authentication_failures += 1
        return b"% Access denied\r\n\r\n" if attempt == ENABLE_ATTEMPTS else self._ask_enable(attempt + 1)


def wire(text: str) -> bytes:
    """Text as it goes over the line: with CR LF line ends."""
    return text.replace("\n", "\r\n").encode()
