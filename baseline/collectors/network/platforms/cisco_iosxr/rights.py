"""What the account may not read: IOS XR leaves that out of a configuration without a word.

An account has tasks, each with rights of its own; without READ on a task the lines of its feature are not shown (Cisco IOS
XR System Security Configuration Guide, "Configuring AAA Services", task IDs).
"""

import re

TASKS = {
    "aaa": ("users", "aaa", "password_rules", "management.login_protection"),
    "acl": ("access_lists",),
    "bgp": ("routing.bgp_neighbours",),
    "crypto": ("management.ssh",),
    "interface": ("interfaces",),
    "isis": ("routing.interfaces",),
    "logging": ("logging",),
    "ospf": ("routing.ospf_areas", "routing.interfaces"),
    "snmp": ("snmp",),
    "tty-access": ("management.lines",),
}
"""Task -> the facts that its lines tell."""

_TASK = re.compile(r"^Task: +(?P<name>[a-z][a-z0-9-]{1,40}) +: *(?P<rights>[A-Z ()a-z-]{0,80})$", re.MULTILINE)


def hidden(output: str) -> dict[str, str] | None:
    """Fact path -> the task that the account may not read, from ``show user tasks``; None when it is not that."""
    tasks = {found["name"]: found["rights"].split() for found in _TASK.finditer(output)}
    if not tasks:
        return None
    return {path: task for task, paths in TASKS.items() if "READ" not in tasks.get(task, []) for path in paths}
