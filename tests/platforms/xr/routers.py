"""Recorded routers with IOS XR, and small configurations."""

from baseline.collectors.network.platforms import platform
from tests.platforms.vendors import recording

XR = platform("cisco_iosxr")
RUNNING = "show running-config"
LOGGING = "show logging | include ogging:"
SHOWS = [command.text for command in XR.commands if command.text != RUNNING]
HEAD = "!! IOS XR Configuration 7.5.2\nhostname lab\n"


def recorded(file):
    return recording("cisco_iosxr", file)


def by_name(items):
    return {item.name: item for item in items}


def configured(text):
    return XR.parse({RUNNING: f"{HEAD}{text}\nend\n"}).facts
