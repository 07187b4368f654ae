"""Collectors ask targets, read-only: ``ssh`` is the transport, ``network`` and ``host`` know what to ask."""
