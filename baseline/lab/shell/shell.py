"""A session on the command line of a simulated IOS switch."""

from baseline.lab.device import Device
from baseline.lab.moment import Login
from baseline.lab.shell.commands import commands_at, is_change, understand
from baseline.lab.shell.configure import ConfigureMode
from baseline.lab.shell.console import Console, wire
from baseline.lab.shell.editing import Editing
from baseline.lab.shell.grammar import PRIVILEGED, CommandLineError, Match
from baseline.lab.shell.help import help_text
from baseline.lab.shell.pager import Pager
from baseline.lab.shell.pipes import filtered, split_pipe, writes_a_file
from baseline.lab.shell.questions import reaction


class Shell(Console):
    """The command line of IOS. ``height`` is the terminal's number of lines (0: no paging)."""

    def __init__(self, device: Device, login: Login, *, height: int = 24, enable_password: str | None = None) -> None:
        super().__init__(device, login, Pager(height), enable_password)
        self.device = device
        self._configure: ConfigureMode | None = None
        self._editing: Editing | None = None

    def prompt(self) -> bytes:
        """The prompt; in configuration mode the device cuts its name to 20 characters."""
        if self._configure:
            return f"{self.device.host_name[:20]}({self._configure.label})#".encode()
        return f"{self.device.host_name}{'#' if self.privilege == PRIVILEGED else '>'}".encode()

    def _interrupt(self) -> bytes:
        self._configure = None
        return super()._interrupt()

    def _help(self, typed: bytes) -> bytes:
        if self._ask or self._configure:
            return self._type(b"?")
        text = help_text(commands_at(self.privilege), typed.decode(errors="replace"))
        return b"?\r\n" + wire(text) + b"\r\n" + self.prompt() + typed

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
            return wire(self._complaint(refusal, line))

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
            if self.device.spec.accepts_changes and name in {"write", "write memory"}:
                self.device.save()
            question, done = reaction(name, match.arguments)
            return self._question(question, lambda _answer: wire(done)) if question else wire(done)
        return self._session_command(name, match.arguments)

    def _show(self, match: Match, pipe: str | None) -> bytes:
        moment = self.device.moment(self.login.line, self.privilege)
        name = match.command.name.removesuffix(" interface LINE")
        output = self.device.answer(name, match.arguments, moment)
        self.answered = True
        if pipe is None:
            return self._pager.first(output.wire, output.line_count)
        text = filtered(output.text, pipe)
        return self._pager.first(wire(text), text.count("\n"))

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

    def _enter_configuration(self, match: Match) -> bytes:
        if match.command.name == "configure":
            question = "Configuring from terminal, memory, or network [terminal]? "
            return self._question(question, lambda _answer: self._configuring())
        return self._configuring() if match.command.name == "configure terminal" else b""

    def _configuring(self) -> bytes:
        self._configure = ConfigureMode()
        self._editing = Editing(self.device.configuration, step=1) if self.device.spec.accepts_changes else None
        return b"Enter configuration commands, one per line.  End with CNTL/Z.\r\n"

    def _configuration_line(self, line: str) -> bytes:
        mode, self._configure = self._configure, None
        if line == "end" or mode is None:
            return b""
        if line == "exit":
            goes_on = self._editing.leave() if self._editing else True
            self._configure = mode if mode.leave() or (self._editing and goes_on) else None
            return b""
        if line.startswith("do "):
            shown = self._command(line.removeprefix("do "))
        else:
            self.device.counters.command(line, violation=True)
            shown = self._taken(mode, line)
        self._configure = mode
        return shown

    def _taken(self, mode: ConfigureMode, line: str) -> bytes:
        if self._editing and line.startswith(self.device.spec.refuses):
            return wire(" " * (len(self.prompt()) + 1) + "^\n% Invalid input detected at '^' marker.\n\n")
        mode.enter(line)
        if self._editing and line.startswith(self.device.spec.hangs_up):
            self.closed = True
        elif self._editing:
            self._editing.enter(line)
            self.device.take(self._editing.text)
        return b""


def _terminal_number(text: str, command: str) -> int:
    if not (text.isdecimal() and len(text) <= 3 and int(text) <= 512):
        raise CommandLineError("invalid", len(command) - len("WORD"))
    return int(text)
