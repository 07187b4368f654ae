"""``show vstack config``: Smart Install, which answers whoever asks while it is on."""

from baseline.lab.blueprint import Blueprint
from baseline.lab.moment import Moment


def show_vstack_config(blueprint: Blueprint, _moment: Moment) -> str:
    """Role of the switch and whether it takes orders."""
    state = "enabled" if blueprint.posture.smart_install else "disabled"
    return f" Role: Client (SmartInstall {state})\n Vstack Director IP address: 0.0.0.0\n\n"
