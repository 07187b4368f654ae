"""The command line of one device: finds its prompt, sends allowed commands and tells their answers apart.

Nothing waits for a fixed time. The first prompt is recognised by the platform's pattern; what follows is compared with
that prompt to the letter. Commands are sent ahead, many at a time, once paging is known to be off; the echo of each
command after a prompt says where its answer starts. When the echoes do not add up, they are sent one at a time.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from baseline.collectors.network.allow_list import check_command
from baseline.collectors.network.answers import HEADING_LENGTH, split_answers, without_headings
from baseline.collectors.network.platforms.interface import Platform
from baseline.collectors.network.screen import visible_text
from baseline.collectors.network.shell_stream import Channel, ShellStream
from baseline.models.errors import CollectError

BATCH_BYTES = 480
"""Sent ahead at most: GNU readline (FRRouting's vtysh) takes 511 bytes of type-ahead without echoing them twice."""

QUIET_SECONDS = 3.0
"""A device that waits at its prompt for this long has forgotten the commands that were sent ahead."""

TAIL_BYTES = 400

MAXIMUM_LINE = 80
"""Characters of a line that messages repeat."""

PAGING = re.compile(
    r"(--\s*\(?more\)?[^\n]{0,20}--(, next page: space[^\n]{0,40})?|<-+ ?more ?-+>|\(more\)|press any key[^\n]{0,40})\s*\Z",
    re.IGNORECASE,
)


class DeviceShell:
    """One interactive session."""

    def __init__(self, platform: Platform, stream: ShellStream, channel: Channel) -> None:
        self.round_trips = 0
        self._platform = platform
        self._sendable = platform.sendable
        self._stream = stream
        self._channel = channel
        self._prompt = b""
        self._sends_ahead = True
        self._paged_at = 0
        self._sent: list[str] = []

    @property
    def asked(self) -> str | None:
        """The command that the device was answering last, for messages; None before the first."""
        ends = ("\r", "\n")
        echoed = [one for one in self._sent if any(self._stream.holds(f"{one}{end}".encode()) for end in ends)]
        return echoed[-1] if echoed else next(iter(self._sent), None)

    @property
    def last_line(self) -> str:
        """The line at which the device waits, as a person sees it."""
        return self._visible_tail().rpartition("\n")[2][:MAXIMUM_LINE]

    @property
    def privileged(self) -> bool:
        """Whether the prompt is that of the privileged mode."""
        match = self._platform.prompt.search(self._visible_tail())
        return match is not None and match["mode"] == self._platform.privileged_mode

    async def start(self) -> None:
        """Wait for the first prompt, and accept the terms of use that some devices ask to accept before it."""
        await self._settle(lambda: self._at_some_prompt() or self._at_acceptance())
        if self._at_acceptance():
            self._stream.take()
            self._channel.write(b"a")
            await self._settle(self._at_some_prompt)

    async def set_up(self, enable_secret: str | None) -> None:
        """Switch paging off and, given a secret, enter the privileged mode.

        Raises:
            CollectError: ``privilege``, the device refuses the secret; ``not_allowed``, see ``check_command``.
        """
        enable = [] if enable_secret is None else [self._platform.enable_command or ""]
        commands = [*self._platform.session_setup, *enable]
        self._stream.take()
        self._send(commands)
        await self._settle(lambda: self._echoed(commands) and (self._at_some_prompt() or self._at_question()))
        refused = self._platform.refusal(visible_text(self._stream.text())) is not None
        self._sends_ahead = bool(self._platform.session_setup) and not refused
        if enable_secret is not None and self._at_question():
            await self._answer_question(enable_secret)
        self._prompt = self._stream.tail(TAIL_BYTES).rpartition(b"\n")[2].rpartition(b"\r")[2]
        self._stream.take()

    async def run(self, commands: Sequence[str]) -> dict[str, str]:
        """The answers by command, in order. A command whose answer cannot be told apart for sure has none.

        Raises:
            CollectError: see ``ShellStream.wait_for`` and ``check_command``.
        """
        answers: dict[str, str] = {}
        if self._sends_ahead:
            for batch in _batches(commands):
                answers |= await self._run_ahead(batch)
        for command in commands:
            if command not in answers and (answer := await self._run_one(command)) is not None:
                answers[command] = answer
        return {command: answers[command] for command in commands if command in answers}

    async def _run_ahead(self, commands: Sequence[str]) -> dict[str, str]:
        """The answers of commands that are sent at once; none if they cannot be told apart."""
        self._send([*commands, ""])
        while not await self._settle(self._at_prompt_twice, quiet_seconds=QUIET_SECONDS):
            if self._at_prompt():
                self._stream.take()
                return {}
        return self._split(visible_text(self._stream.take()), commands) or {}

    async def _run_one(self, command: str) -> str | None:
        """The answer to one command. A blank line after it tells the prompt from a line that only looks like it."""
        self._send([command])
        while not await self._settle(
            lambda: self._echoed([command]) and self._at_prompt(), quiet_seconds=QUIET_SECONDS
        ):
            if self._stream.ends_with(self._prompt):
                return await self._broken_off(command)
        self._send([""])
        await self._settle(self._at_prompt_twice)
        answers = self._split(visible_text(self._stream.take()), [command])
        return answers[command] if answers else None

    def _split(self, text: str, commands: Sequence[str]) -> dict[str, str] | None:
        prompt = self._visible_prompt()
        return split_answers(without_headings(text, prompt, self._platform.above_prompt), prompt, commands)

    async def _broken_off(self, command: str) -> str | None:
        """An answer that ends within a line, so that the prompt stands behind that instead of on a line of its own."""
        self._send([""])
        await self._settle(lambda: self._stream.ends_with(self._prompt) and self._at_prompt())
        prompt = self._visible_prompt()
        text = visible_text(self._stream.take()).removesuffix(f"{prompt}\n{prompt}")
        answers = split_answers(f"{text}\n{prompt}\n{prompt}", prompt, [command])
        return answers[command] if answers else None

    async def _settle(self, complete: Callable[[], bool], *, quiet_seconds: float | None = None) -> bool:
        """Wait until ``complete``, turning pages; False when the device is quiet before."""
        self.round_trips += 1
        while await self._stream.wait_for(lambda: complete() or self._at_page_end(), quiet_seconds=quiet_seconds):
            if complete():
                return True
            self._turn_page()
        return False

    def _send(self, commands: Sequence[str]) -> None:
        """Send lines: the only way out for commands. An empty line asks for a prompt."""
        checked = [check_command(self._sendable, command) for command in commands if command]
        self._sent = checked or self._sent
        self._channel.write("".join(f"{command}\n" for command in commands or [""]).encode("ascii"))

    async def _answer_question(self, secret: str) -> None:
        """Answer the device's question for the secret of the privileged mode, once."""
        if not secret.isprintable():
            raise CollectError("credential", "the enable secret holds a line end or another control character")
        self._stream.take()
        self._channel.write(f"{secret}\n".encode())
        await self._settle(lambda: self._at_some_prompt() or self._at_question())
        if not self.privileged:
            raise CollectError("privilege", "the device refuses the enable secret", "it is not tried again")

    def _turn_page(self) -> None:
        self._sends_ahead = False
        self._paged_at = self._stream.received
        self._channel.write(b" ")

    def _visible_tail(self) -> str:
        return visible_text(self._stream.tail(TAIL_BYTES).decode("utf-8", errors="replace"))

    def _visible_prompt(self) -> str:
        return visible_text(self._prompt.decode("utf-8", errors="replace"))

    def _echoed(self, commands: Sequence[str]) -> bool:
        return all(self._stream.holds(command.encode("ascii")) for command in commands[-1:])

    def _at_some_prompt(self) -> bool:
        tail = self._visible_tail()
        return not tail.endswith("\n") and self._platform.prompt.search(tail) is not None

    def _at_acceptance(self) -> bool:
        question = self._platform.acceptance
        return question is not None and question.search(self._visible_tail()) is not None

    def _at_question(self) -> bool:
        question = self._platform.enable_prompt
        return question is not None and question.search(self._visible_tail()) is not None

    def _at_prompt(self) -> bool:
        return self._stream.ends_with(self._prompt) and self._stream.tail(len(self._prompt) + 1)[:1] in b"\r\n"

    def _at_prompt_twice(self) -> bool:
        if not self._stream.ends_with(self._prompt):
            return False
        last = self._stream.tail(2 * len(self._prompt) + HEADING_LENGTH).translate(None, b"\r")
        if self._platform.above_prompt is None:
            return last.endswith(b"\n" + self._prompt + b"\n" + self._prompt)
        prompt = self._visible_prompt()
        seen = visible_text(last.decode("utf-8", errors="replace"))
        return without_headings(seen, prompt, self._platform.above_prompt).endswith(f"\n{prompt}\n{prompt}")

    def _at_page_end(self) -> bool:
        return self._stream.received > self._paged_at and PAGING.search(self._visible_tail()) is not None


def _batches(commands: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for command in commands:
        if batch and sum(len(one) + 1 for one in (*batch, command)) > BATCH_BYTES:
            yield batch
            batch = []
        batch.append(command)
    if batch:
        yield batch
