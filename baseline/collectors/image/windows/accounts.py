"""Local accounts, the local Administrators and the rules for passwords, from the hive SAM.

The layout of its binary values is not documented by Microsoft; it is that of Samba's and Impacket's descriptions
(SAM_DOMAIN_F, SAM_USER_F). Names and numbers are read; hashes of passwords are not.
"""

import struct

import msgspec

from baseline.collectors.image.reader.file_tree import ImageError
from baseline.collectors.image.reader.hive import Key
from baseline.collectors.image.windows.registry import Registry
from baseline.models.facts.workplace_system import WorkplaceAccount, WorkplacePasswordPolicy

ACCOUNTS = r"SAM\SAM\Domains\Account"
ADMINISTRATORS = r"SAM\SAM\Domains\Builtin\Aliases\00000220"
_DISABLED, _NO_PASSWORD, _NEVER_EXPIRES = 0x0001, 0x0004, 0x0200
_COMPLEX, _REVERSIBLE = 0x01, 0x10
_TICKS = 10_000_000
_FOREVER = -0x8000000000000000


class Accounts(msgspec.Struct, frozen=True):
    """What the SAM tells."""

    accounts: list[WorkplaceAccount]
    foreign_administrators: list[str]
    policy: WorkplacePasswordPolicy


def read_accounts(registry: Registry) -> Accounts:
    """Accounts and policy.

    Raises:
        ImageError: the hive SAM cannot be read, or has another form than is known.
    """
    domain = registry.key(ACCOUNTS)
    if domain is None:
        raise ImageError("the hive SAM holds no accounts")
    try:
        sid = "-".join(["S-1-5-21", *map(str, struct.unpack("<3I", _binary(domain, "v")[-12:]))])
        members = _members(registry.key(ADMINISTRATORS))
        users = registry.subkeys(ACCOUNTS + r"\Users")
        inside = {int(member.rpartition("-")[2]) for member in members if member.startswith(sid + "-")}
        accounts = [_account(key, inside) for key in users if key.name.casefold() != "names"]
        foreign = [member for member in members if not member.startswith(sid + "-")]
        return Accounts(sorted(accounts, key=lambda account: str(account.name)), foreign, _policy(_binary(domain, "f")))
    except (struct.error, ValueError, IndexError) as error:
        raise ImageError("the hive SAM has another form than is known") from error


def _account(key: Key, administrators: set[int]) -> WorkplaceAccount:
    relative_id = int(key.name, 16)
    flags = struct.unpack_from("<H", _binary(key, "f"), 56)[0]
    value = _binary(key, "v")
    offset, length = struct.unpack_from("<II", value, 12)
    return WorkplaceAccount(
        name=value[0xCC + offset : 0xCC + offset + length].decode("utf-16-le"),
        relative_id=relative_id,
        enabled=not flags & _DISABLED,
        password_required=not flags & _NO_PASSWORD,
        password_expires=not flags & _NEVER_EXPIRES,
        administrator=relative_id in administrators,
    )


def _policy(value: bytes) -> WorkplacePasswordPolicy:
    (locked,) = struct.unpack_from("<q", value, 48)
    properties, length, history, threshold = struct.unpack_from("<IHHH", value, 76)
    return WorkplacePasswordPolicy(
        minimum_length=length,
        history=history,
        complexity=bool(properties & _COMPLEX),
        reversible=bool(properties & _REVERSIBLE),
        lockout_threshold=threshold,
        lockout_seconds=None if locked in (0, _FOREVER) else -locked // _TICKS,
    )


def _members(alias: Key | None) -> list[str]:
    if alias is None:
        raise ImageError("the hive SAM holds no group of administrators")
    value = _binary(alias, "c")
    offset, _, count = struct.unpack_from("<III", value, 40)
    position, found = 0x34 + offset, []
    for _ in range(min(count, 10_000)):
        size = 8 + 4 * value[position + 1]
        found.append(_sid(value[position : position + size]))
        position += size
    return found


def _sid(raw: bytes) -> str:
    """A security identifier as text ([MS-DTYP] 2.4.2)."""
    revision, count = raw[0], raw[1]
    if revision != 1 or count > 15:
        raise ValueError(revision)
    parts = struct.unpack_from(f"<{count}I", raw, 8)
    return "-".join(["S-1", str(int.from_bytes(raw[2:8], "big")), *map(str, parts)])


def _binary(key: Key, name: str) -> bytes:
    value = key.values().get(name)
    if value is None or not isinstance(value.data, bytes):
        raise ValueError(name)
    return value.data
