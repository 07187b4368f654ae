"""Whether freshly rolled-out devices may be handed over, and the report that says so."""
