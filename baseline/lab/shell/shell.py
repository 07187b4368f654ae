"""A session on the command line of a simulated IOS switch."""

from collections.abc import Callable

from baseline.lab.device import Device
from baseline.lab.moment import Login
from baseline.lab.shell.commands import PRIVILEGED, commands_at, is_change, understand
from baseline.lab.shell.configure import ConfigureMode
from baseline.lab.shell.grammar import CommandLineError, Match
from baseline.lab.shell.help import help_text
from baseline.lab.shell.pager import Pager
from baseline.lab.shell.pipes import filtered, split_pipe, writes_a_file
from baseline.lab.shell.questions import reaction
from baseline.lab.shell.terminal import MAXIMUM_LINE, Key, Keyboard, Kind

ENABLE_ATTEMPTS = 3


class Shell:
    """Takes what a client types and gives what the device shows, byte for byte.

    ``height`` is the terminal's number of lines (0: no paging). ``answered`` tells whether the last call of ``receive``
    answered a ``show`` command, ``closed`` whether the session is over.
    """

    def __init__(self, device: Device, login: Login, *, height: int = 24, enable_password: str | None = None) -> None:
        self.device = device
        self.login = login
        self.privilege = device.spec.privilege
        self.closed = False
        self.answered = False
        self._enable_password = enable_password
        self._pager = Pager(height)
        self._keyboard = Keyboard()
        self._line = bytearray()
        self._configure: ConfigureMode | None = None
        self._ask: Callable[[str], bytes] | None = None
        self._echo = True
        self._keys: dict[Kind, Callable[[bytes], bytes]] = {
            "enter": lambda _: self._enter(),
            "text": self._type,
            "erase": lambda _: self._erase(1),
            "erase_all": lambda _: self._erase(len(self._line)),
            "help": lambda _: self._help(),
            "interrupt": lambda _: self._interrupt(),
            "other": lambda _: b"",
        }

    def start(self) -> bytes:
        """What the device shows when a session opens."""
        return b"\r\n" + self.prompt()

    def resize(self, height: int) -> None:
        """The client says how many lines its terminal has."""
        self._pager.height = height

    def prompt(self) -> bytes:
        """The prompt; in configuration mode the device cuts its name to 20 characters."""
        if self._configure:
            return f"{self.device.host_name[:20]}({self._configure.label})#".encode()
        return f"{self.device.host_name}{'#' if self.privilege == PRIVILEGED else '>'}".encode()

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
        self._ask, self._echo, self._configure = None, True, None
        return b"\r\n" + self.prompt()

    def _help(self) -> bytes:
        if self._ask or self._configure:
            return self._type(b"?")
        typed = bytes(self._line)
        text = help_text(commands_at(self.privilege), typed.decode(errors="replace"))
        return b"?\r\n" + _wire(text) + b"\r\n" + self.prompt() + typed

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

    def _command(self, line: str) -> bytes:
        if not line.strip():
            return b""
        if self._configure:
            return self._configuration_line(line.strip())
        command, pipe = split_pipe(line)
        self.device.counters.command(line.strip(), violation=is_change(command) or writes_a_file(pipe))
        try:
            return self._execute(understand(command, self.privilege), pipe)
        except CommandLineError as refusal:
            return _wire(self._complaint(refusal, line))

    def _complaint(self, refusal: CommandLineError, line: str) -> str:
        if refusal.kind == "ambiguous":
            return f'% Ambiguous command:  "{line.strip()}"\n'
        if refusal.kind == "incomplete":
            return "% Incomplete command.\n\n"
        return " " * (len(self.prompt()) + refusal.column) + "^\n% Invalid input detected at '^' marker.\n\n"

    def _execute(self, match: Match, pipe: str | None) -> bytes:
        name = match.command.name
        if name.startswith("show "):
            return self._show(match, pipe)
        if pipe is not None:
            raise CommandLineError("invalid", len(name) + 1)
        if name.startswith("configure"):
            return self._enter_configuration(match)
        if name == "write terminal":
            return self._show(Match(match.command._replace(name="show running-config")), None)
        if match.command.changes:
            question, done = reaction(name, match.arguments)
            return self._question(question, lambda _answer: _wire(done)) if question else _wire(done)
        return self._session_command(name, match.arguments)

    def _show(self, match: Match, pipe: str | None) -> bytes:
        moment = self.device.moment(self.login.line, self.privilege)
        name = match.command.name.removesuffix(" interface LINE")
        output = self.device.answer(name, match.arguments, moment)
        self.answered = True
        if pipe is None:
            return self._pager.first(output.wire, output.line_count)
        text = filtered(output.text, pipe)
        return self._pager.first(_wire(text), text.count("\n"))

    def _session_command(self, name: str, arguments: tuple[str, ...]) -> bytes:
        match name:
            case "exit" | "logout" | "quit":
                self.closed = True
            case "disable":
                self.privilege = 1
            case "enable" if self.privilege < PRIVILEGED:
                return self._ask_enable(1)
            case "terminal length WORD":
                self._pager.height = _terminal_number(arguments[0], name)
            case "terminal width WORD":
                _terminal_number(arguments[0], name)
        return b""

    def _ask_enable(self, attempt: int) -> bytes:
        if self._enable_password is None:
            return b"% Error in authentication.\r\n\r\n"
        return self._question("Password: ", lambda answer: self._enable(answer, attempt), echo=False)

    def _enable(self, answer: str, attempt: int) -> bytes:
        if answer == self._enable_password:
            self.privilege = PRIVILEGED
            return b""
        self.device.counters.authentication_failures += 1
        return b"% Access denied\r\n\r\n" if attempt == ENABLE_ATTEMPTS else self._ask_enable(attempt + 1)

    def _enter_configuration(self, match: Match) -> bytes:
        if match.command.name == "configure":
            question = "Configuring from terminal, memory, or network [terminal]? "
            return self._question(question, lambda _answer: self._configuring())
        return self._configuring() if match.command.name == "configure terminal" else b""

    def _configuring(self) -> bytes:
        self._configure = ConfigureMode()
        return b"Enter configuration commands, one per line.  End with CNTL/Z.\r\n"

    def _configuration_line(self, line: str) -> bytes:
        mode, self._configure = self._configure, None
        if line == "end" or mode is None:
            return b""
        if line == "exit":
            self._configure = mode if mode.leave() else None
            return b""
        if line.startswith("do "):
            shown = self._command(line.removeprefix("do "))
        else:
            self.device.counters.command(line, violation=True)
            mode.enter(line)
            shown = b""
        self._configure = mode
        return shown


def _terminal_number(text: str, command: str) -> int:
    if not (text.isdecimal() and len(text) <= 3 and int(text) <= 512):
        raise CommandLineError("invalid", len(command) - len("WORD"))
    return int(text)


def _wire(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()
