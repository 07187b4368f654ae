"""A session on something that is no Cisco switch at all: what a wrong inventory meets."""

from textwrap import dedent

from baseline.lab.shell.shell import Shell

_VERSION = """\
    Hostname: {name}
    Model: ex4300-48p
    Junos: 21.4R3-S5.4
    JUNOS OS Kernel 64-bit  [20230713.fe82c74_builder_stable_12_214]

"""
_CONFIGURATION = """\
    version 21.4R3-S5.4;
    system {{
        host-name {name};
        services {{
            ssh {{
                protocol-version v2;
            }}
        }}
    }}

"""


class JunosShell(Shell):
    """Speaks like Junos in operational mode."""

    def prompt(self) -> bytes:
        """User, name and a bracket."""
        return f"{self.login.user}@{self.device.host_name}> ".encode()

    def _command(self, line: str) -> bytes:
        words = line.split()
        if not words:
            return b""
        self.device.counters.command(line.strip(), violation=words[0] in {"configure", "edit", "load", "commit"})
        self.answered = words[0] == "show"
        if words[0] in {"exit", "quit"}:
            self.closed = True
            return b""
        return self._reply(words).replace("\n", "\r\n").encode()

    def _reply(self, words: list[str]) -> str:
        name = self.device.host_name
        match words:
            case ["set", "cli", *_]:
                return ""
            case ["show", "version", *_]:
                return dedent(_VERSION).format(name=name)
            case ["show", "configuration", *_]:
                return dedent(_CONFIGURATION).format(name=name)
            case _:
                return " " * len(self.prompt()) + f"^\nunknown command: {words[0][:80]}\n\n"
