"""A session on the command line of a device that answers with recordings."""

from contextlib import suppress
from functools import cache

from baseline.lab.moment import Login
from baseline.lab.platforms.description import Description
from baseline.lab.recorded import RecordedDevice
from baseline.lab.shell.complaints import complaint
from baseline.lab.shell.console import Console, wire
from baseline.lab.shell.editing import Editing
from baseline.lab.shell.grammar import PRIVILEGED, Command, CommandLineError, Match, Node, parse, tree_of
from baseline.lab.shell.pager import Pager
from baseline.lab.shell.pipes import FILTERS, Filter, filtered, split_pipe, writes_a_file
from baseline.lab.shell.terminal import Key


class RecordedShell(Console):
    """The command line of a platform, as its dialect says."""

    def __init__(
        self, device: RecordedDevice, login: Login, *, height: int = 24, enable_password: str | None = None
    ) -> None:
        self._dialect = device.description.dialect
        more = self._dialect.more.encode()
        pager = Pager(self._dialect.page_lines or height, more=more, erase=b"\r" + b" " * len(more) + b"\r")
        super().__init__(device, login, pager, enable_password)
        if not self._dialect.unprivileged_prompt:
            self.privilege = PRIVILEGED
        self.device = device
        self._tree = tree_for(device.description)
        self._configuring = False
        self._editing: Editing | None = None
        self._waits = False
        self._unaccepted = bool(self._dialect.acceptance)

    def start(self) -> bytes:
        """The greeting and the first prompt, or the terms of use to accept before it."""
        return wire(self._dialect.acceptance) if self._unaccepted else wire(self._dialect.greeting) + self.prompt()

    def run(self, line: str) -> bytes:
        """The answer to the one command of an exec request; nobody accepts terms of use there."""
        self._unaccepted = False
        return super().run(line)

    def resize(self, height: int) -> None:
        """The client says how many lines its terminal has, which some devices do not care about."""
        if not self._dialect.page_lines:
            super().resize(height)

    def prompt(self) -> bytes:
        """The prompt of the mode that the session is in, with what stands above it."""
        text = self._dialect.prompt
        if self._configuring:
            text = self._dialect.configuring_prompt
        elif self.privilege < PRIVILEGED:
            text = self._dialect.unprivileged_prompt
        return wire(self._dialect.above_prompt) + text.format(user=self.login.user, host=self.device.host_name).encode()

    def _key(self, key: Key) -> bytes:
        if not self._unaccepted:
            return super()._key(key)
        if key.data[:1] != b"a":
            return b""
        self._unaccepted = False
        return b"\r\n" + wire(self._dialect.greeting) + self.prompt()

    def _help(self, typed: bytes) -> bytes:
        return self._type(b"?") if self._ask else b"?\r\n" + self.prompt() + typed

    def _interrupt(self) -> bytes:
        self._configuring = False
        return super()._interrupt()

    def _command(self, line: str) -> bytes:
        if not line.strip():
            return b""
        if self._configuring:
            return self._configuration_line(line.strip())
        _, pipe = split_pipe(line)
        try:
            match, pipe = self._understood(line)
        except CommandLineError as refusal:
            self._note(line, changes=False, pipe=pipe)
            return self._refused(refusal, line)
        self._note(line, changes=match.command.changes, pipe=pipe)
        try:
            return self._execute(match, pipe)
        except CommandLineError as refusal:
            return self._refused(refusal, line)

    def _understood(self, line: str) -> tuple[Match, str | None]:
        """The command and its filter, if that was not recorded with it."""
        command, pipe = split_pipe(line)
        if pipe is not None:
            with suppress(CommandLineError):
                return parse(self._tree, line), None
        return parse(self._tree, command), pipe

    def _note(self, line: str, *, changes: bool, pipe: str | None) -> None:
        violation = changes or writes_a_file(pipe, self._dialect.writing_filters)
        self.device.counters.command(line.strip(), violation=violation)

    def _refused(self, refusal: CommandLineError, line: str) -> bytes:
        indent = len(self.prompt().rpartition(b"\n")[2])
        return wire(complaint(self._dialect.complaints, refusal, line, indent) + self._dialect.after_answer)

    def _execute(self, match: Match, pipe: str | None) -> bytes:
        name = match.command.name
        if name in self.device.description.answers:
            return self._show(name, pipe)
        if pipe is not None:
            raise CommandLineError("invalid", len(name) + 1)
        if name in self._dialect.leaving:
            self.closed = True
        elif name in self._dialect.unpaged:
            self._pager.height = 0
        elif name == "enable" and self.privilege < PRIVILEGED:
            return self._ask_enable(1)
        self._configuring = name.removesuffix(" LINE") in self._dialect.configures
        if self.device.spec.accepts_changes:
            self._change(name, match.arguments)
        return b""

    def _change(self, name: str, arguments: tuple[str, ...]) -> None:
        """Begin to edit, at once or in a session that waits to be committed; or save."""
        if self._configuring:
            self._editing = Editing(self.device.configuration, step=3)
            self._waits = " ".join(arguments).startswith("session ")
        elif name.removesuffix(" LINE") == "write":
            self.device.save()

    def _show(self, name: str, pipe: str | None) -> bytes:
        if self.privilege < PRIVILEGED and name in self._dialect.privileged:
            return wire(self._dialect.complaints.unprivileged)
        self.answered = True
        text = self.device.answer(name).text
        for part in pipe.split(" | ") if pipe else ():
            text = self._filtered(text, part)
        text += self._dialect.after_answer
        return self._pager.first(wire(text), text.count("\n"))

    def _filtered(self, text: str, part: str) -> str:
        kinds = self._dialect.filters
        word = part.split(" ", maxsplit=1)[0]
        names = [name for name in kinds if word and name.startswith(word)]
        if len(names) == 1 and kinds[names[0]] == "all":
            return text
        if len(names) == 1 and kinds[names[0]] == "count" and word == part:
            return self._dialect.counted.format(count=text.count("\n"))
        known: dict[str, Filter] = {name: FILTERS[kind] for name, kind in kinds.items() if kind in FILTERS}
        return filtered(text, part, known)

    def _configuration_line(self, line: str) -> bytes:
        """Every line counts as an attempt to change the device; it is applied where the device accepts that."""
        if self._editing:
            return self._edited(self._editing, line)
        self._configuring = line.split(maxsplit=1)[0] not in {"end", "exit", "quit", "abort"}
        self.device.counters.command(line, violation=self._configuring)
        return b""

    def _edited(self, editing: Editing, line: str) -> bytes:
        self.device.counters.command(line, violation=True)
        if line.startswith(self.device.spec.refuses):
            return wire(
                self._dialect.complaints.unknown.format(token=0, word=line.split(maxsplit=1)[0], caret="^", line=line)
            )
        if line == "exit":
            self._configuring = editing.leave()
        elif line in {"end", "abort", "commit"}:
            self._configuring = False
        else:
            editing.enter(line)
        if line == "commit" or (not self._waits and line != "abort"):
            self.device.take(editing.text)
        if not self._configuring:
            self._editing = None
        return b""


@cache
def _tree(names: tuple[str, ...], changing: tuple[str, ...]) -> Node:
    changes = (Command(name, changes=True) for word in changing for name in (word, f"{word} LINE"))
    return tree_of((*(Command(name) for name in names), *changes))


def tree_for(described: Description) -> Node:
    """The commands that the devices of a platform know."""
    dialect = described.dialect
    own = (*dialect.session, *dialect.unpaged, *dialect.leaving)
    enabling = ("enable",) if dialect.unprivileged_prompt else ()
    return _tree((*described.answers, *own, *enabling), (*dialect.configures, *dialect.changes))
