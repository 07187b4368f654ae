"""Nornir with nornir-netmiko: the same commands with ``netmiko_send_command``, in 20 threads."""

import logging
import tempfile
from pathlib import Path

import msgspec
import yaml

from bench.contender import Work
from bench.network.fleet import WORKERS, Fleet


def ask(fleet: dict[str, object], extras: dict[str, object], sending: dict[str, object]) -> Work:
    """``extras`` go to Netmiko's connection, ``sending`` to every ``send_command``; both empty: as it comes."""
    from nornir import InitNornir
    from nornir.core.task import Result, Task
    from nornir_netmiko.tasks import netmiko_send_command

    given = msgspec.convert(fleet, Fleet)
    logging.disable(logging.CRITICAL)
    folder = tempfile.TemporaryDirectory(prefix="baseline-bench-")
    nornir = InitNornir(
        runner={"plugin": "threaded", "options": {"num_workers": WORKERS}},
        inventory={"plugin": "SimpleInventory", "options": _inventory(Path(folder.name), given, extras)},
        logging={"enabled": False},
    )

    def one_device(task: Task) -> Result:
        answers = [
            task.run(netmiko_send_command, command_string=command, **sending).result for command in given.commands
        ]
        return Result(host=task.host, result=answers)

    def work() -> dict[str, float]:
        done = nornir.run(task=one_device)
        nornir.close_connections()
        answered = [result[0].result for result in done.values() if not result.failed]
        complete = [answers for answers in answered if answers[0].rstrip().endswith("end")]
        folder.cleanup()
        return {"answered": len(complete), "bytes": sum(len(answer) for answers in complete for answer in answers)}

    return work


def _inventory(folder: Path, fleet: Fleet, extras: dict[str, object]) -> dict[str, str]:
    hosts = {name: {"hostname": address, "port": port} for name, address, port in fleet.devices}
    login = {"use_keys": True, "key_file": fleet.key_file, "allow_agent": False}
    defaults = {
        "username": fleet.user,
        "platform": "cisco_ios",
        "connection_options": {"netmiko": {"extras": login | extras}},
    }
    documents = {"hosts": hosts, "groups": {}, "defaults": defaults}
    for name, document in documents.items():
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(document))
    names = {"hosts": "host_file", "groups": "group_file", "defaults": "defaults_file"}
    return {option: str(folder / f"{name}.yaml") for name, option in names.items()}
