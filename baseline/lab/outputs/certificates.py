"""``show crypto pki certificates``."""

from textwrap import dedent

from baseline.lab.blueprint import Blueprint
from baseline.lab.configuration.network import TRUST_POINT


def show_crypto_pki_certificates(blueprint: Blueprint, configuration: str) -> str:
    """The device's own certificate, when its configuration holds a trust point."""
    if f"crypto pki trustpoint {TRUST_POINT}\n" not in configuration:
        return "\n"
    serial = blueprint.random("certificate serial").getrandbits(64)
    name = f"{blueprint.name}.{blueprint.site}.lab.example"
    return dedent(f"""\
        Certificate
          Status: Available
          Certificate Serial Number (hex): {serial:016X}
          Certificate Usage: General Purpose
          Issuer:
            cn=Lab Netwerk CA
            o=Lab
          Subject:
            Name: {name}
            cn={name}
          Validity Date:
            start date: 08:00:00 CET Jan 12 2026
            end   date: 08:00:00 CET Jan 12 2029
          Associated Trustpoints: {TRUST_POINT}

    """)
