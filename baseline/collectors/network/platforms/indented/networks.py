"""Which interfaces a routing protocol's ``network`` lines cover."""

from baseline.collectors.network.section_tree import Line

ALL_BITS = 0xFFFF_FFFF


def address_bits(text: str) -> int | None:
    """An IPv4 address as 32 bits, else None."""
    parts = text.split(".")
    if len(parts) != 4 or not all(part.isdigit() and len(part) <= 3 and int(part) < 256 for part in parts):
        return None
    return int.from_bytes(bytes(map(int, parts)), "big")


def interface_network(section: Line) -> int | None:
    """The first IPv4 address of an interface as bits, else None."""
    line = section.first("ip address")
    words = line.text.split() if line else []
    return address_bits(words[2].split("/")[0]) if len(words) > 2 else None


class Networks:
    """Networks in the order of a configuration, each with what it stands for (an area); the narrowest match counts."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, int, str]] = []

    def add(self, address: str, wildcard: str, label: str = "") -> None:
        """Add ``10.0.0.0 0.0.255.255``: bits that are set in the wildcard do not matter."""
        bits, loose = address_bits(address), address_bits(wildcard)
        if bits is not None and loose is not None:
            self._rows.append((bits & ~loose & ALL_BITS, ~loose & ALL_BITS, label))

    def add_prefix(self, prefix: str, label: str = "") -> None:
        """Add ``10.0.0.0/8``."""
        address, _, length = prefix.partition("/")
        bits = address_bits(address)
        if bits is not None and length.isdigit() and int(length) <= 32:
            mask = ALL_BITS << (32 - int(length)) & ALL_BITS
            self._rows.append((bits & mask, mask, label))

    def add_classful(self, address: str, label: str = "") -> None:
        """Add a network of class A, B or C, as RIP and EIGRP without wildcard take it (RFC 791)."""
        bits = address_bits(address)
        if bits is not None:
            length = 8 if bits >> 31 == 0 else 16 if bits >> 30 == 0b10 else 24
            self.add_prefix(f"{address}/{length}", label)

    def add_written(self, words: list[str], label: str = "") -> None:
        """Add what follows ``network``: an address with a wildcard, a prefix, or a network by its class."""
        if len(words) > 1:
            self.add(words[0], words[1], label)
        elif words and "/" in words[0]:
            self.add_prefix(words[0], label)
        elif words:
            self.add_classful(words[0], label)

    def match(self, bits: int) -> str | None:
        """The label of the narrowest network that holds the address, else None."""
        found = [(mask.bit_count(), label) for network, mask, label in self._rows if bits & mask == network]
        return max(found)[1] if found else None
