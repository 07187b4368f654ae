"""Ansible's configuration, imported before anything else of Ansible so that what it warns of can be passed on."""

from ansible import (
    _internal,  # noqa: F401 - Ansible wants this imported first
    constants,
)

WARNINGS: list[str] = sorted(constants.config.WARNINGS)
"""For example that an ansible.cfg in a world-writable folder is ignored."""
constants.config.WARNINGS.clear()
