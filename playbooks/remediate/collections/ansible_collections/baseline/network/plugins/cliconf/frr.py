"""Sends configuration lines to FRRouting (vtysh), where each counts at once."""

from ansible_collections.baseline.network.plugins.plugin_utils.lines import LinesCliconf


class Cliconf(LinesCliconf):
    """As on most platforms."""
