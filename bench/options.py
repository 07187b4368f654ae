"""What a person asks of a bench."""

import msgspec


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How much is measured. ``devices`` and ``latencies_ms`` are of the network bench, ``hosts`` of the hosts bench;
    ``contenders`` are parts of names: only contenders that hold one of them take part, all when there is none.
    """

    rounds: int = 5
    devices: tuple[int, ...] = (100,)
    latencies_ms: tuple[float, ...] = (20.0, 0.0)
    hosts: tuple[int, ...] = (1, 50)
    contenders: tuple[str, ...] = ()

    def wants(self, name: str) -> bool:
        """Whether a contender takes part."""
        return not self.contenders or any(part.lower() in name.lower() for part in self.contenders)
