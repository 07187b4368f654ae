"""Running configurations of simulated switches, in sections that follow the order of IOS-XE."""

from baseline.lab.configuration.document import running_configuration

__all__ = ["running_configuration"]
