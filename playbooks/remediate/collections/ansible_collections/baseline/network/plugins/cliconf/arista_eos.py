"""Sends configuration lines to Arista EOS, in a session of its own: all of them count at once, or none."""

from ansible_collections.baseline.network.plugins.plugin_utils.lines import LinesCliconf


class Cliconf(LinesCliconf):
    """Lines wait in a configuration session until it is committed (EOS manual, "Configure session")."""

    enter = "configure session baseline"
    leave = ("commit",)
    abandon = ("abort",)
