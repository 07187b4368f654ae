"""Sends configuration lines to Arista EOS, in a session of its own: all of them count at once, or none."""

import secrets

from ansible_collections.baseline.network.plugins.plugin_utils.lines import LinesCliconf


class Cliconf(LinesCliconf):
    """Lines wait in a configuration session until it is committed (EOS manual, "Configuration sessions")."""

    leave = ("commit",)
    abandon = ("abort",)

    @property
    def enter(self) -> str:
        """A session that nobody left lines in."""
        return f"configure session baseline-{secrets.token_hex(4)}"
