"""The commands that a simulated switch knows."""

from functools import cache

from baseline.lab.shell.grammar import PRIVILEGED, Command, CommandLineError, Match, Node, parse, tree_of

_SHOW = {
    "show clock": 1,
    "show crypto pki certificates": 1,
    "show interfaces status": 1,
    "show inventory": 1,
    "show ip interface brief": 1,
    "show ip ssh": 1,
    "show logging": PRIVILEGED,
    "show ntp associations": 1,
    "show ntp status": 1,
    "show privilege": 1,
    "show running-config": PRIVILEGED,
    "show running-config interface LINE": PRIVILEGED,
    "show snmp user": PRIVILEGED,
    "show startup-config": PRIVILEGED,
    "show users": 1,
    "show version": 1,
    "show vlan brief": 1,
    "show vstack config": 1,
}
"""Command -> privilege level that it takes."""

_SESSION = (
    "disable",
    "enable",
    "exit",
    "logout",
    "quit",
    "terminal length WORD",
    "terminal width WORD",
    "terminal monitor",
)

_CHANGING = (
    "archive LINE",
    "clear LINE",
    "configure",
    "configure LINE",
    "configure terminal",
    "copy LINE",
    "debug LINE",
    "delete LINE",
    "erase LINE",
    "format LINE",
    "install LINE",
    "license LINE",
    "mkdir LINE",
    "redundancy LINE",
    "reload",
    "reload LINE",
    "rename LINE",
    "request LINE",
    "rmdir LINE",
    "setup",
    "tclsh",
    "test LINE",
    "write",
    "write LINE",
    "write memory",
)
"""What alters a device; all of it takes full privilege."""

COMMANDS = (
    *(Command(name, level) for name, level in _SHOW.items()),
    *(Command(name) for name in _SESSION),
    *(Command(name, PRIVILEGED, changes=True) for name in _CHANGING),
    Command("write terminal", PRIVILEGED),
)


@cache
def commands_at(privilege: int) -> Node:
    """The commands that a session of this level (1 to 15) sees."""
    return tree_of(command for command in COMMANDS if command.privilege <= privilege)


def is_change(line: str) -> bool:
    """Whether a line would alter the device if it were allowed to: configuring, saving, copying, deleting ..."""
    try:
        return parse(commands_at(PRIVILEGED), line).command.changes
    except CommandLineError:
        return line.split()[:2] == ["scp", "-t"]


def understand(line: str, privilege: int) -> Match:
    """The command in a line.

    Raises:
        CommandLineError: it is none at this level.
    """
    return parse(commands_at(privilege), line)
