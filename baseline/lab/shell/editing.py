"""A configuration while a session edits it: sections, lines that take the place of another, and negations."""

from dataclasses import dataclass, field

OPENERS = (
    "aaa group server",
    "address-family",
    "archive",
    "control-plane",
    "interface",
    "ip access-list",
    "ipv6 access-list",
    "key chain",
    "line",
    "log config",
    "management",
    "password policy",
    "router",
    "ssl profile",
    "tacacs server",
    "vlan",
)
"""Beginnings of lines that open a section."""

ONE_VALUE = (
    "aaa accounting commands 15 default",
    "aaa accounting commands all default",
    "aaa accounting exec default",
    "access-class",
    "description",
    "exec-timeout",
    "idle-timeout",
    "ip ssh authentication-retries",
    "ip ssh server algorithm encryption",
    "ip ssh server algorithm kex",
    "ip ssh server algorithm mac",
    "ip ssh time-out",
    "ip ssh version",
    "cipher",
    "key-exchange",
    "logging buffered",
    "logging console",
    "logging format timestamp",
    "logging trap",
    "login block-for",
    "login timeout",
    "mac",
    "maximum",
    "password minimum length",
    "path",
    "security passwords min-length",
    "service timestamps debug",
    "service timestamps log",
    "size",
    "spanning-tree bpduguard",
    "spanning-tree mode",
    "switchport access vlan",
    "tls versions",
    "transport input",
)
"""Beginnings of lines of which a section holds one: a new one takes the place of the old."""

SHOWN_NEGATIONS = (
    "cdp enable",
    "exec",
    "ip bootp server",
    "ip http secure-server",
    "ip http server",
    "ip icmp redirect",
    "ip proxy-arp",
    "ip redirects",
    "ip source-route",
    "lldp receive",
    "lldp transmit",
    "logging console",
    "service config",
    "service pad",
    "shutdown",
    "vstack",
)
"""What is on until a configuration says ``no``; other negations only take lines away."""

HIDDEN = ("cdp enable", "exec", "ip redirects", "lldp receive", "lldp transmit")
"""What is on until a configuration says ``no``, and is not shown when it is on."""


@dataclass
class Entry:
    """One line as it is shown, with the lines of its section."""

    indent: int
    text: str
    below: list["Entry"] = field(default_factory=list)


class Editing:
    """One session in configuration mode. ``step`` is how far a section is indented (characters)."""

    def __init__(self, text: str, step: int) -> None:
        self._root = _parsed(text)
        self._step = step
        self._open = [self._root]

    @property
    def text(self) -> str:
        """The configuration with every line so far."""
        return "".join(f"{line}\n" for line in _shown(self._root))

    @property
    def depth(self) -> int:
        """Sections that the session is in."""
        return len(self._open) - 1

    def leave(self) -> bool:
        """One section up; whether configuration mode goes on."""
        if not self.depth:
            return False
        self._open.pop()
        return True

    def enter(self, line: str) -> None:
        """Take one line. A line that only fits at the top is taken there, as devices do."""
        opens = _begins(line, OPENERS)
        if opens and not _begins(line, ("address-family", "log config", "password policy", "ssl profile")):
            self._open = [self._root]
        if line.startswith("no "):
            self._negate(line.removeprefix("no "))
        else:
            entry = self._put(line)
            if opens:
                self._open.append(entry)

    def _put(self, line: str) -> Entry:
        section = self._open[-1]
        if (same := next((entry for entry in section.below if entry.text == line), None)) is not None:
            return same
        key = next((beginning for beginning in ONE_VALUE if _begins(line, (beginning,))), line)
        old = [entry for entry in section.below if _begins(entry.text, (key, f"no {key}"))]
        place = section.below.index(old[0]) if old else self._end(section)
        entry = Entry(section.indent + self._step if self.depth else 0, line)
        if line not in HIDDEN:
            section.below.insert(place, entry)
        section.below = [each for each in section.below if each not in old]
        return entry

    def _negate(self, line: str) -> None:
        section = self._open[-1]
        section.below = [entry for entry in section.below if not _begins(entry.text, (line, f"no {line}"))]
        if _begins(line, SHOWN_NEGATIONS):
            indent = section.indent + self._step if self.depth else 0
            section.below.insert(self._end(section), Entry(indent, f"no {line}"))

    def _end(self, section: Entry) -> int:
        last = section.below[-1].text if section.below else ""
        return len(section.below) - (last == "end")


def _begins(line: str, beginnings: tuple[str, ...]) -> bool:
    return any(line == beginning or line.startswith(beginning + " ") for beginning in beginnings)


def _parsed(text: str) -> Entry:
    root = Entry(-1, "")
    above = [root]
    for line in text.splitlines():
        words = line.strip()
        entry = Entry(len(line) - len(line.lstrip()), words)
        while above[-1].indent >= entry.indent:
            above.pop()
        above[-1].below.append(entry)
        above.append(entry)
    return root


def _shown(entry: Entry) -> list[str]:
    lines: list[str] = []
    for each in entry.below:
        lines.append(" " * each.indent + each.text)
        lines += _shown(each)
    return lines
