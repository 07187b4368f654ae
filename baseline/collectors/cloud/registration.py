"""Which target of the inventory stands for a machine that a cloud tells of.

Private address ranges and names are used again in other accounts and networks, so these count only where the
inventory says that the target is in this very account. One target stands for one machine.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from baseline.models.facts.fact import Fact, Unknown
from baseline.models.register import Register, RegisteredTarget, label, plain_address

NOT_GIVEN = Unknown("the inventory was not given to whoever asked")
PRIVATE_DOMAINS = (".internal", ".local", ".localdomain", ".lan", ".home.arpa", ".corp", ".home", ".intern")
"""Ends of names that are not unique in the world: RFC 6762, RFC 8375, names that ICANN gives to nobody, and those that
clouds make of private addresses (``ip-10-0-0-5.eu-west-1.compute.internal``)."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A machine as a cloud tells it; what could not be read is Unknown. Letter case does not matter.

    ``public`` are addresses that the cloud itself gives out, each to one machine in the world, and ``public_names`` those names
    in DNS. ``names`` are what people call it: a copy of production may well have the same. ``group`` is the scale set or
    scaling group that made it: its machines are all alike and come and go, so one target may stand for all of them.
    """

    account: str
    ids: Fact[Sequence[str]] = ()
    names: Fact[Sequence[str]] = ()
    public: Fact[Sequence[str]] = ()
    public_names: Fact[Sequence[str]] = ()
    private: Fact[Sequence[str]] = ()
    group: Fact[str | None] = None


class Registration(NamedTuple):
    """The target that stands for a machine (None: no target does), and how it is known, or why it is not."""

    target: Fact[str | None]
    how: Fact[str]


class _Claim(NamedTuple):
    strength: int
    target: RegisteredTarget
    how: str


def registrations(register: Register, machines: Sequence[Seen]) -> list[Registration]:
    """What stands for each of these machines, which are all that an account or tenant holds.

    The strongest likeness counts: id, public address, public name, name in the same account, private address in the same
    account. A target that several machines resemble equally stands for none of them. A machine that no target stands for,
    and of which something could not be read, is Unknown.
    """
    claims = [_best(_claims(register, machine)) for machine in machines]
    likeness: dict[str, list[int]] = {}
    for own in claims:
        for claim in own:
            likeness.setdefault(claim.target.name, []).append(claim.strength)
    return [_registration(register, machine, own, likeness) for machine, own in zip(machines, claims, strict=True)]


def _registration(register: Register, machine: Seen, own: list[_Claim], likeness: dict[str, list[int]]) -> Registration:
    shared = ""
    for claim in own:
        strengths = likeness[claim.target.name]
        alike = strengths.count(min(strengths))
        if claim.strength == min(strengths) and alike == 1:
            return Registration(claim.target.name, claim.how)
        other = f"{alike} machines" if alike > 1 else "another machine"
        shared = shared or f"{claim.target.name} resembles {other}: give it baseline_cloud_id"
    for target in _of_group(register, machine):
        return Registration(target.name, f"by the group that made it, {machine.group}")
    unread = next((part for part in (*_parts(machine), machine.group) if isinstance(part, Unknown)), None)
    if unread is not None:
        return Registration(unread, unread)
    return Registration(None, shared or "no target has its id, a public address or name of it, or says it is here")


def _of_group(register: Register, machine: Seen) -> Iterator[RegisteredTarget]:
    if isinstance(machine.group, str):
        yield from _same_place(register.by_id.get(machine.group.lower(), ()), machine.account.lower())


def _same_place(targets: Iterable[RegisteredTarget], account: str) -> Iterator[RegisteredTarget]:
    return (target for target in targets if account and target.place == account)


def _parts(machine: Seen) -> tuple[Fact[Sequence[str]], ...]:
    return machine.ids, machine.public, machine.public_names, machine.names, machine.private


def _best(claims: Iterable[_Claim]) -> list[_Claim]:
    """The strongest likeness to each target, the strongest first."""
    best: dict[str, _Claim] = {}
    for claim in sorted(claims, key=lambda claim: (claim.strength, claim.target.name)):
        best.setdefault(claim.target.name, claim)
    return list(best.values())


def _claims(register: Register, machine: Seen) -> Iterator[_Claim]:
    account = machine.account.lower()
    ids, public, public_names, names, private = (_lower(part) for part in _parts(machine))
    for identity in ids:
        yield from (_Claim(0, target, "by its id") for target in register.by_id.get(identity, ()))
    for address in public:
        for target in _elsewhere(register.by_address.get(address, ()), account):
            yield _Claim(1, target, f"by its public address {address}")
    for name in filter(_is_public, public_names):
        for target in _elsewhere(register.by_name.get(name, ()), account):
            yield _Claim(2, target, f"by its public name {name}")
    for name in names:
        for target in _here(register.by_label.get(label(name), ()), account):
            if _same_name(name, target):
                yield _Claim(3, target, "by its name, in the same account")
    for address in private:
        for target in _here(register.by_address.get(address, ()), account):
            yield _Claim(4, target, f"by its private address {address}, in the same account")


def _lower(part: Fact[Sequence[str]]) -> list[str]:
    return [] if isinstance(part, Unknown) else list(dict.fromkeys(plain_address(text) for text in part if text))


def _elsewhere(targets: Iterable[RegisteredTarget], account: str) -> Iterator[RegisteredTarget]:
    """Targets that name no id, which would be another one, and no other account."""
    return (target for target in targets if not target.cloud_id and target.place in ("", account))


def _here(targets: Iterable[RegisteredTarget], account: str) -> Iterator[RegisteredTarget]:
    """Targets that name no id, and say that they are in this account."""
    return (target for target in targets if not target.cloud_id and account and target.place == account)


def _is_public(name: str) -> bool:
    return "." in name.strip(".") and not name.endswith(PRIVATE_DOMAINS) and bool(label(name))


def _same_name(name: str, target: RegisteredTarget) -> bool:
    """Whether two names can be of one machine: equal, or equal in their first part where one of them has no more."""
    own = [known for known in (target.name.lower(), target.address) if label(known) == label(name)]
    return any(known == name or "." not in known or "." not in name for known in own)
