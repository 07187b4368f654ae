"""The terminal of Arista EOS."""

from ansible_collections.baseline.network.plugins.plugin_utils.lines import LinesTerminal


class TerminalModule(LinesTerminal):
    """As on most platforms."""
