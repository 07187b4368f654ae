"""Facts from saved configurations and command outputs, as Oxidized, RANCID and people keep them; nothing is asked."""
