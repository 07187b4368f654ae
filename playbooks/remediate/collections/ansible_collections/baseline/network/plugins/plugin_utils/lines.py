"""Sends configuration lines over a command line, for devices that keep their configuration in indented sections.

In check mode nothing but ``show running-config`` is asked.
"""

import ast
import json
import os
import re
from collections.abc import Iterable
from typing import Any, ClassVar

from ansible.errors import AnsibleConnectionFailure
from ansible_collections.ansible.netcommon.plugins.connection import libssh
from ansible_collections.ansible.netcommon.plugins.plugin_utils.cliconf_base import CliconfBase
from ansible_collections.ansible.netcommon.plugins.plugin_utils.terminal_base import TerminalBase
from ansible_collections.baseline.network.plugins.plugin_utils.sections import difference, indented, missing, typed

PROMPT = re.compile(rb"(?:^|[\r\n])[A-Za-z0-9][A-Za-z0-9._-]{0,62}(?:\([A-Za-z0-9._/ -]{1,40}\))?[>#] ?$")
REFUSAL = re.compile(rb"(?:^|[\r\n])% ?(?!Warning|Generating)[A-Z][^\r\n]*")
"""A line that begins with a percent sign, other than a warning or the news that a key is made."""


TAKEN = "\nBefore that it took:\n"
"""What stands in the message of a refusal before the difference that earlier lines made."""


class KnownHostsSession(libssh.Session):
    """A session that knows the host keys in the file that baseline was given; the plugin has no other way to name one."""

    def connect(self, **options: Any) -> None:
        """Connect, refusing a key that the file does not hold."""
        if os.environ.get("BASELINE_KNOWN_HOSTS"):
            self.set_ssh_options("knownhosts", os.environ["BASELINE_KNOWN_HOSTS"])
        super().connect(**options)


libssh.Session = KnownHostsSession


class LinesTerminal(TerminalBase):
    """A terminal of a device that says what it refuses behind a percent sign."""

    terminal_stdout_re: ClassVar = [PROMPT]
    terminal_stderr_re: ClassVar = [REFUSAL]

    def on_open_shell(self) -> None:
        """Have answers come without pages."""
        self._exec_cli_command(b"terminal length 0")

    def on_become(self, passwd: str | None = None) -> None:
        """Enter the privileged mode."""
        if self._get_prompt().strip().endswith(b"#"):
            return
        command: dict[str, Any] = {"command": "enable"}
        if passwd:
            command |= {"prompt": r"[\r\n]?[Pp]assword: ?$", "answer": passwd, "prompt_retry_check": True}
        try:
            self._exec_cli_command(json.dumps(command).encode())
        except AnsibleConnectionFailure as error:
            raise AnsibleConnectionFailure("the device refused the privileged mode (enable)") from error


def _refusal(error: AnsibleConnectionFailure) -> str:
    """The device's own words about what it refused; empty when it said none."""
    text = str(error.message)
    said = ast.literal_eval(text) if text.startswith(("b'", 'b"')) else text.encode()
    return " ".join(found[0].decode(errors="replace").strip() for found in REFUSAL.finditer(said))


class LinesCliconf(CliconfBase):
    """Sends what is missing, line by line, and stops at the first line that the device refuses."""

    enter = "configure terminal"
    leave: tuple[str, ...] = ("end",)
    abandon: tuple[str, ...] = ("end",)

    def get_config(self, **_: Any) -> str:
        """The running configuration."""
        return str(self.send_command("show running-config"))

    def get(self, command: str, **_: Any) -> str:
        """What the device answers to one command."""
        return str(self.send_command(command))

    def edit_config(self, candidate: list[str], commit: bool, **_: Any) -> dict[str, str]:
        """Send the lines that are missing; without ``commit`` only say which. Without ``diff`` nothing changed."""
        before = self.get_config()
        lines = missing("\n".join(candidate), before)
        if not lines:
            return {}
        if not commit:
            return {"diff": "\n".join(f"+ {line}" for line in indented(lines))}
        refused = self._send(typed(lines))
        changes = "\n".join(difference(before, self.get_config()))
        if refused:
            raise AnsibleConnectionFailure(refused + (TAKEN + changes if changes else ""))
        return {"diff": changes} if changes else {}

    def _send(self, lines: Iterable[str]) -> str:
        """Type lines until one is refused; which, and why, or an empty text."""
        self.send_command(self.enter)
        for line in lines:
            try:
                self.send_command(line)
            except AnsibleConnectionFailure as error:
                refusal = _refusal(error)
                if not refusal:
                    raise AnsibleConnectionFailure(f"the connection was lost at '{line}': {error.message}") from None
                for command in self.abandon:
                    self.send_command(command)
                return f"the device refused '{line}': {refusal}"
        for command in self.leave:
            self.send_command(command)
        return ""

    def get_device_info(self) -> dict[str, str]:
        """Nothing is asked for it."""
        return {"network_os": self._load_name}

    def get_capabilities(self) -> str:
        """What ``ansible.netcommon.cli_config`` wants to know before it uses this."""
        operations = {"supports_onbox_diff": True, "supports_commit": True, "supports_replace": False}
        return json.dumps({**super().get_capabilities(), "device_operations": operations})
