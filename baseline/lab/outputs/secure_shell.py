"""``show ip ssh``: what the SSH server is set to, and its host key."""

from base64 import b64encode

from baseline.lab.blueprint import Blueprint
from baseline.lab.configuration.management import ssh_algorithms
from baseline.lab.moment import Moment


def show_ip_ssh(blueprint: Blueprint, _moment: Moment) -> str:
    """Version (1.99 says that version 1 is accepted too), algorithms, limits and the RSA key."""
    posture, algorithms = blueprint.posture, ssh_algorithms(blueprint)
    lines = [
        f"SSH Enabled - version {'2.0' if posture.ssh_version == 2 else '1.99'}",
        "Authentication methods:publickey,keyboard-interactive,password",
        "Authentication Publickey Algorithms:rsa-sha2-256,rsa-sha2-512,ssh-ed25519,ecdsa-sha2-nistp256",
        "Hostkey Algorithms:" + algorithms["hostkey"].replace(" ", ","),
        "Encryption Algorithms:" + algorithms["encryption"].replace(" ", ","),
        "MAC Algorithms:" + algorithms["mac"].replace(" ", ","),
        "KEX Algorithms:" + algorithms["kex"].replace(" ", ","),
        "Authentication timeout: 60 secs; Authentication retries: 3",
        f"Minimum expected Diffie Hellman key size : {2048 if posture.ssh_strong_algorithms else 1024} bits",
        f"IOS Keys in SECSH format(ssh-rsa, base64 encoded): {blueprint.name}.{blueprint.site}.lab.example",
        f"Modulus Size : {posture.ssh_modulus_bits} bits",
        *_wrapped(public_key_text(blueprint)),
    ]
    return "\n".join(lines) + "\n"


def public_key_text(blueprint: Blueprint) -> str:
    """A well-formed RSA key of the right size (RFC 4253, section 6.6); nobody has its private half."""
    bits = blueprint.posture.ssh_modulus_bits
    modulus = blueprint.random(f"rsa {bits}").getrandbits(bits) | 1 | 1 << (bits - 1)
    fields = (b"ssh-rsa", (65537).to_bytes(3, "big"), modulus.to_bytes(bits // 8 + 1, "big"))
    return "ssh-rsa " + b64encode(b"".join(len(field).to_bytes(4, "big") + field for field in fields)).decode()


def _wrapped(text: str) -> list[str]:
    return [text[start : start + 72] for start in range(0, len(text), 72)]
