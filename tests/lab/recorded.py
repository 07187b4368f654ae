"""Devices that answer with recordings, asked without a network, and what the shipped checks make of them."""

import time
from functools import cache

import msgspec

from baseline.assess.judge import Judged, judge
from baseline.assess.plan import make_plan
from baseline.collectors.network.platforms import platform
from baseline.content.expression.engine import TARGET_FIELDS
from baseline.lab.devices import new_device, open_shell
from baseline.lab.moment import Login
from baseline.lab.platforms import description
from baseline.lab.recorded import RecordedDevice
from baseline.lab.spec import DeviceSpec
from baseline.models.target import Target
from tests.shipped import shipped_checks_of

NAME = "zwolle-x-01"


def shell_on(name, *, height=0, enable_password=None, **spec):
    """A session on a device of a platform, past its terms of use, and the device."""
    device = new_device(DeviceSpec(name=NAME, platform=name, **spec), seed=1)
    shell = open_shell(device, Login(0, "auditor", "127.0.0.1"), height=height, enable_password=enable_password)
    shell.start()
    if description(name).dialect.acceptance:
        shell.receive(b"a")
    return shell, device


def typed(shell, line):
    """What a session shows for a line: everything between its echo and the prompt, all pages of it."""
    more = description(shell.device.spec.platform).dialect.more.encode()
    received = shell.receive(f"{line}\n".encode())
    while received.endswith(more):
        page = shell.receive(b" ").partition(b"\r" + b" " * len(more) + b"\r")[2]
        received = received.removesuffix(more) + page
    shown = received.decode().replace("\r\n", "\n")
    prompt = shell.prompt().decode().replace("\r\n", "\n")
    assert shown.startswith(f"{line}\n")
    return shown.removeprefix(f"{line}\n").removesuffix(prompt)


@cache
def network_checks():
    return shipped_checks_of("network")


@cache
def statuses(name, *defects):
    """The verdicts on a device with these defects: (check, subject) -> status."""
    device = RecordedDevice(DeviceSpec(name=NAME, platform=name, defects=defects))
    texts = {command: device.answer(command).text for command in device.description.answers}
    facts = msgspec.to_builtins(platform(name).parse(texts).facts)
    values = {"name": NAME, "platform": name, "exposure": "internal", "groups": [], "tags": []}
    judged = Judged(facts, dict.fromkeys(TARGET_FIELDS, "medium") | values, int(time.time()))
    (planned,) = make_plan([Target(name=NAME, kind="network", platform=name)], network_checks()).targets
    verdicts = (verdict for one in planned.checks for verdict in judge(one.compiled, judged, one.params))
    return {(verdict.check, verdict.subject): str(verdict.status) for verdict in verdicts}
