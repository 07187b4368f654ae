"""Plain Netmiko: a connection and ``send_command`` per device, in 20 threads."""

from concurrent.futures import ThreadPoolExecutor

import msgspec

from bench.contender import Work
from bench.network.fleet import WORKERS, Fleet


def ask(**fleet: object) -> Work:
    """As most scripts do it."""
    from netmiko import ConnectHandler

    given = msgspec.convert(fleet, Fleet)

    def one(device: tuple[str, str, int]) -> list[str]:
        _name, address, port = device
        login = {"username": given.user, "use_keys": True, "key_file": given.key_file, "allow_agent": False}
        with ConnectHandler(device_type="cisco_ios", host=address, port=port, **login) as connection:
            return [str(connection.send_command(command)) for command in given.commands]

    def work() -> dict[str, float]:
        with ThreadPoolExecutor(WORKERS) as pool:
            answered = list(pool.map(one, given.devices))
        complete = [answers for answers in answered if answers[0].rstrip().endswith("end")]
        return {"answered": len(complete), "bytes": sum(len(answer) for answers in complete for answer in answers)}

    return work
