"""All that makes one simulated switch different from another; the same seed gives the same switch."""

import random
import string
from typing import Literal

import msgspec

from baseline.lab.posture import Posture

Role = Literal["access", "core"]

ACCESS_VLANS = {
    10: "WERKPLEKKEN",
    20: "TELEFONIE",
    30: "PRINTERS",
    40: "GEBOUWBEHEER",
    50: "BEZOEKERS",
    60: "CAMERAS",
}
"""User VLANs at every site: number -> name."""

MANAGEMENT_VLAN = 99
PARKING_VLAN = 998

_HASH_ALPHABET = "./" + string.digits + string.ascii_uppercase + string.ascii_lowercase


class Blueprint(msgspec.Struct, frozen=True, kw_only=True):
    """One switch as its configuration and answers are made from it.

    ``site_number`` and ``number`` (1-254) give it its addresses; ``revision`` counts the changes made to it since the
    lab started.
    """

    name: str
    site: str
    site_number: int
    number: int
    role: Role
    lines: int
    seed: int
    posture: Posture = Posture()
    revision: int = 0

    def random(self, topic: str) -> random.Random:
        """A generator of its own for each topic, so that one changed setting moves nothing else."""
        return random.Random(f"{self.seed}:{self.name}:{topic}")  # noqa: S311  made-up serials, not cryptography

    @property
    def is_core(self) -> bool:
        """Whether it routes for its site."""
        return self.role == "core"

    @property
    def model(self) -> str:
        """Product number, with as many ports as the wanted number of lines has room for."""
        if self.is_core:
            return "C9500-24Y4C"
        return {8: "C9200CX-8P-2X2G", 24: "C9300-24P", 48: "C9300-48P"}[self.port_count]

    @property
    def port_count(self) -> int:
        """Ports for users on an access switch (8, 24 or 48), for access switches on a core switch (24)."""
        if self.is_core:
            return 24
        return 8 if self.is_small else 24 if self.lines < 1150 else 48

    @property
    def is_small(self) -> bool:
        """Whether the configuration is to be so short that parts must be left out."""
        return self.lines < 770

    @property
    def management_address(self) -> str:
        """Address in the management VLAN of its site."""
        return f"10.{100 + self.site_number}.{MANAGEMENT_VLAN}.{self.number}"

    @property
    def serial(self) -> str:
        """Serial number in the vendor's shape: factory, year and week, number."""
        generator = self.random("serial")
        tail = "".join(generator.choices(string.ascii_uppercase + string.digits, k=4))
        return f"FOC{generator.randint(2401, 2552)}{tail}"

    def mac_address(self, index: int = 0) -> str:
        """Address of one port in dotted form; 0 is the chassis."""
        base = self.random("mac").getrandbits(16) << 8
        return f"70b3.d5{(base >> 16) & 0xFF:02x}.{(base + index) & 0xFFFF:04x}"

    def scrypt_hash(self, topic: str) -> str:
        """What a type 9 secret looks like; it is the hash of nothing."""
        letters = self.random(topic).choices(_HASH_ALPHABET, k=57)
        return f"$9${''.join(letters[:14])}${''.join(letters[14:])}"

    def obscured(self, topic: str) -> str:
        """What a type 7 password looks like: a salt of two decimal digits and hexadecimal digits."""
        generator = self.random(topic)
        return f"{generator.randint(0, 15):02d}" + "".join(generator.choices("0123456789ABCDEF", k=22))

    def encrypted(self, topic: str) -> str:
        """What a type 6 (AES) secret looks like."""
        return "".join(self.random(topic).choices(string.ascii_letters, k=34))
