"""``show running-config`` and ``show startup-config``."""

from datetime import datetime, timedelta

from baseline.lab.blueprint import Blueprint
from baseline.lab.configuration.document import changed_at, saved_at
from baseline.lab.moment import long_date

NVRAM_BYTES = 2_097_152


def show_running_config(blueprint: Blueprint, text: str) -> str:
    """The running configuration under its header; ``text`` starts at ``version``."""
    header = _header(changed_at(blueprint), saved_at(blueprint))
    return f"Building configuration...\n\nCurrent configuration : {len(header) + len(text)} bytes\n{header}{text}\n"


def show_startup_config(blueprint: Blueprint, text: str) -> str:
    """The saved configuration under its header."""
    header = _header(saved_at(blueprint) - timedelta(minutes=2), saved_at(blueprint))
    return f"Using {len(header) + len(text)} out of {NVRAM_BYTES} bytes\n{header}{text}\n"


def _header(changed: datetime, saved: datetime) -> str:
    return (
        f"!\n! Last configuration change at {long_date(changed, 'CEST')} by beheerder\n"
        f"! NVRAM config last updated at {long_date(saved, 'CEST')} by beheerder\n!\n"
    )
