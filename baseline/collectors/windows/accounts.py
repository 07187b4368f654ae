"""Local accounts, the local Administrators and the rules for passwords, as Windows told of them."""

import re
from typing import Any

import msgspec

from baseline.collectors.windows.answer import Answer
from baseline.collectors.windows.script import MAXIMUM_ITEMS
from baseline.models.facts.fact import Unknown
from baseline.models.facts.workplace_system import WorkplaceAccount, WorkplacePasswordPolicy

DIRECTORY = Unknown("a domain controller has no accounts of its own: its directory is not asked")
_NOT_TOLD = Unknown("only secedit /export tells it, which writes a file: it is not run; compare the group policy")
_SID = re.compile(r"S-1-[0-9]{1,3}(?:-[0-9]{1,10}){1,14}")
_NEVER = (-1, 0, 0xFFFFFFFF)


class ToldAccount(msgspec.Struct, frozen=True):
    """One local account."""

    name: str
    sid: str
    disabled: bool
    password_required: bool
    password_expires: bool


class ToldAccounts(msgspec.Struct, frozen=True):
    """The local accounts, and the SIDs in the local Administrators."""

    accounts: list[ToldAccount] = []
    administrators: list[str] = []
    domain_controller: bool = False


class ToldPolicy(msgspec.Struct, frozen=True):
    """Rules for passwords; None on a domain controller."""

    minimum_length: int | None = None
    history: int | None = None
    lockout_threshold: int | None = None
    lockout_seconds: int | None = None
    domain_controller: bool = False


def read_accounts(answer: Answer) -> dict[str, Any]:
    """The facts ``accounts`` and ``foreign_administrators``."""
    told = answer.part("accounts", ToldAccounts)
    reason = told if isinstance(told, Unknown) else _doubt(told)
    if reason is not None or isinstance(told, Unknown):
        return dict.fromkeys(("accounts", "foreign_administrators"), reason)
    own = {account.sid for account in told.accounts}
    return {
        "accounts": sorted((_account(account, told.administrators) for account in told.accounts), key=_name),
        "foreign_administrators": [sid for sid in told.administrators if sid not in own],
    }


def read_policy(answer: Answer) -> WorkplacePasswordPolicy:
    """The fact ``password_policy``."""
    told = answer.part("policy", ToldPolicy)
    if isinstance(told, Unknown) or told.domain_controller:
        reason = told if isinstance(told, Unknown) else DIRECTORY
        return WorkplacePasswordPolicy(**dict.fromkeys(WorkplacePasswordPolicy.__struct_fields__, reason))
    locked = told.lockout_seconds
    return WorkplacePasswordPolicy(
        minimum_length=_number(told.minimum_length),
        history=_number(told.history),
        complexity=_NOT_TOLD,
        reversible=_NOT_TOLD,
        lockout_threshold=_number(told.lockout_threshold),
        lockout_seconds=None if locked in _NEVER else _number(locked),
    )


def _doubt(told: ToldAccounts) -> Unknown | None:
    """Why the accounts cannot be used; None when they can."""
    if told.domain_controller:
        return DIRECTORY
    if not told.accounts or not told.administrators:
        return Unknown("Windows named no accounts, or no administrators: that cannot be")
    if len(told.accounts) > MAXIMUM_ITEMS:
        return Unknown(f"there are more than {MAXIMUM_ITEMS} accounts")
    wrong = [sid for sid in (*(one.sid for one in told.accounts), *told.administrators) if not _SID.fullmatch(sid)]
    return Unknown(f"Windows named {wrong[0][:60]!r} as a SID") if wrong else None


def _account(told: ToldAccount, administrators: list[str]) -> WorkplaceAccount:
    return WorkplaceAccount(
        name=told.name,
        relative_id=int(told.sid.rpartition("-")[2]),
        enabled=not told.disabled,
        password_required=told.password_required,
        password_expires=told.password_expires,
        administrator=told.sid in administrators,
    )


def _name(account: WorkplaceAccount) -> str:
    return str(account.name)


def _number(value: int | None) -> int | Unknown:
    return value if value is not None and value >= 0 else Unknown("Windows told no such number")
