"""Collects the facts of a network device: asks what its platform lists, reads the answers, keeps them redacted."""

import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module

from baseline.collectors.interface import CollectSettings, wanted
from baseline.collectors.network.genie_facts import commands_for_genie, filled_by_genie
from baseline.collectors.network.genie_process import genie_process
from baseline.collectors.network.handshake import handshake_artefact, with_handshake
from baseline.collectors.network.platforms import Parsed, Platform
from baseline.collectors.network.platforms import platform as named_platform
from baseline.collectors.network.session import SessionOutput
from baseline.collectors.network.unanswered import with_reasons
from baseline.models.artefact import Artefact
from baseline.models.collection import Collection
from baseline.models.errors import CollectError
from baseline.models.facts.network import NetworkFacts
from baseline.models.target import Target

SESSIONS = {
    "ssh": "baseline.collectors.network.shell_session",
    "netmiko": "baseline.collectors.network.netmiko_session",
}
"""Transport -> the module whose ``run_commands`` asks a device; imported on use."""

RunCommands = Callable[[Target, Platform, Sequence[str], CollectSettings], Awaitable[SessionOutput]]


class NetworkCollector:
    """Asks one device over its command line, with read-only commands."""

    async def collect(self, target: Target, needs: frozenset[str], settings: CollectSettings) -> Collection:
        """Collect the facts under the paths in ``needs`` (empty: everything).

        A command that the device refuses makes the facts that it supplies unknown, with the reason.

        Raises:
            CollectError: the device could not be asked; see ``run_commands`` of the transport.
        """
        platform = _platform_of(target)
        commands = [command.text for command in platform.commands if wanted(command.supplies, needs)]
        if target.parsers == "genie":
            commands += commands_for_genie(platform, needs)
        collected_at, started = datetime.now(UTC), time.monotonic()
        if not commands:
            return Collection(facts=NetworkFacts(), collected_at=collected_at)
        output = await _session(target)(target, platform, commands, settings)
        parsed, artefacts = _parsed(platform, output), _artefacts(platform, output)
        if target.parsers == "genie":
            redacted = {item.name: item.content.decode() for item in artefacts if item.name not in output.failures}
            seconds = settings.timeout_seconds - (time.monotonic() - started)
            parsed, more = await filled_by_genie(genie_process(), platform, parsed, redacted, seconds)
            artefacts += more
        facts, handshake_sources = with_handshake(parsed.facts, output.transport)
        return Collection(
            facts=facts,
            artefacts=(*artefacts, handshake_artefact(output.transport)),
            sources=parsed.sources | handshake_sources,
            collected_at=collected_at,
            duration_seconds=time.monotonic() - started,
            round_trips=output.round_trips,
        )


def _platform_of(target: Target) -> Platform:
    try:
        return named_platform(target.platform)
    except KeyError as error:
        raise CollectError("internal", f"{target.name}: {error.args[0]}") from error


def _session(target: Target) -> RunCommands:
    transport = target.connection.transport
    if transport not in SESSIONS:
        hint = f"set the connection to one of: {', '.join(SESSIONS)}"
        raise CollectError("not_allowed", f"{target.name}: a network device is not asked over {transport!r}", hint)
    run_commands: RunCommands = import_module(SESSIONS[transport]).run_commands
    return run_commands


def _parsed(platform: Platform, output: SessionOutput) -> Parsed:
    parsed = platform.parse(output.outputs)
    return Parsed(facts=with_reasons(parsed.facts, platform, output.failures), sources=parsed.sources)


def _artefacts(platform: Platform, output: SessionOutput) -> tuple[Artefact, ...]:
    return tuple(
        Artefact(name=command, content=platform.redact(command, text).encode())
        for command, text in output.outputs.items()
    )
