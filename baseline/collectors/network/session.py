"""What a session with a device brings back, whichever transport it used."""

import msgspec

from baseline.collectors.network.platforms.interface import Platform
from baseline.collectors.ssh.algorithms import TransportDetails


class SessionOutput(msgspec.Struct, frozen=True, kw_only=True):
    """Outputs by command, as received but for terminal control characters.

    ``failures`` holds the reason for each command that the device refused or did not answer properly; a refused command
    is in ``outputs`` too. ``round_trips`` counts the times that the session waited for the device after logging in.
    """

    outputs: dict[str, str]
    failures: dict[str, str]
    round_trips: int
    transport: TransportDetails


def refusals(platform: Platform, outputs: dict[str, str], *, unprivileged: str) -> dict[str, str]:
    """The reason why a device did not run a command, for each that it refused.

    ``unprivileged`` says why the session is not in privileged mode, where it is not; it is added to the device's words.
    """
    reasons: dict[str, str] = {}
    for command, output in outputs.items():
        refusal = platform.refusal(output)
        if refusal is not None:
            reasons[command] = _reason(command, refusal.code, refusal.message, unprivileged)
    return reasons


def _reason(command: str, code: str, message: str, unprivileged: str) -> str:
    meaning = {
        "unsupported": "the device does not know this command",
        "privilege": "the user may not run this command",
    }.get(code, "the device did not run this command")
    because = f"; {unprivileged}" if unprivileged else ""
    return f"{command}: {meaning} ({message[:200]}){because}"
