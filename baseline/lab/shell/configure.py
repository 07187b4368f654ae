"""Configuration mode: answers as a device would, applies nothing."""

_SUBMODES = {
    "interface": "config-if",
    "line": "config-line",
    "vlan": "config-vlan",
    "router": "config-router",
    "archive": "config-archive",
    "key chain": "config-keychain",
    "class-map": "config-cmap",
    "policy-map": "config-pmap",
    "ip access-list extended": "config-ext-nacl",
    "ip access-list standard": "config-std-nacl",
    "aaa group server": "config-sg-tacacs+",
    "tacacs server": "config-server-tacacs",
    "radius server": "config-radius-server",
    "crypto pki trustpoint": "ca-trustpoint",
}
"""Start of a line -> the mode that it opens."""


class ConfigureMode:
    """Where in the configuration a session is."""

    def __init__(self) -> None:
        self.label = "config"

    def enter(self, line: str) -> None:
        """Take a configuration line: it may open a mode of its own."""
        text = " ".join(line.lower().split()) + " "
        for start, label in _SUBMODES.items():
            if text.startswith(start + " "):
                self.label = label

    def leave(self) -> bool:
        """One level up; whether configuration mode goes on."""
        at_top = self.label == "config"
        self.label = "config"
        return not at_top
