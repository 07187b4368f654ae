"""The terminal of FRRouting (vtysh)."""

from ansible_collections.baseline.network.plugins.plugin_utils.lines import LinesTerminal


class TerminalModule(LinesTerminal):
    """As on most platforms."""
