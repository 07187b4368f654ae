"""The inventory as what clouds are held against: which of its targets stands for which machine, account or address."""

import ipaddress
import re
from collections import defaultdict
from collections.abc import Callable, Iterable

import msgspec

_ARN = re.compile(r"arn:[^:]*:[^:]*:[^:]*:([0-9]{12})?:(?:[^/]+/)?(.+)")
_RESOURCE = re.compile(r"/subscriptions/([0-9a-f-]{36})(/.+)?")


class RegisteredTarget(msgspec.Struct, frozen=True, kw_only=True):
    """One host of an inventory, as far as a cloud can recognise it. Everything but ``name`` is in lower case.

    ``address`` is where it is reached: an IP address or a DNS name. ``cloud_id`` is what its cloud calls it, and ``account``
    the AWS account, Azure subscription or tenant that it is in; both as stated in the inventory. ``accounts`` are those
    that it *is*: of a target that is itself an AWS account or some subscriptions. ``exposed``: the inventory says that it is
    reached from the Internet. ``excluded``: it is known, and left out of runs.
    """

    name: str
    address: str = ""
    cloud_id: str = ""
    account: str = ""
    accounts: tuple[str, ...] = ()
    machine: bool = True
    exposed: bool = False
    excluded: bool = False

    @property
    def identity(self) -> str:
        """The part of ``cloud_id`` that a cloud tells of a machine: of an ARN what comes last, else all of it."""
        found = _ARN.fullmatch(self.cloud_id)
        return found[2] if found else self.cloud_id

    @property
    def place(self) -> str:
        """The account or subscription that it claims to be in; empty where it claims none."""
        found = _ARN.fullmatch(self.cloud_id) or _RESOURCE.fullmatch(self.cloud_id)
        return self.account or (found[1] if found and found[1] else "")


class Register:
    """The targets of a whole inventory, those that are excluded or wrongly described included."""

    def __init__(self, targets: Iterable[RegisteredTarget] = ()) -> None:
        self.targets = tuple(targets)
        machines = [target for target in self.targets if target.machine]
        self.by_id = _index(machines, lambda target: (target.identity,))
        self.by_address = _index(machines, lambda target: (target.address,))
        self.by_name = _index(machines, lambda target: {target.name.lower(), target.address})
        self.by_label = _index(machines, lambda target: {label(target.name.lower()), label(target.address)})
        self.by_account = _index(self.targets, lambda target: target.accounts)

    def claiming(self, account: str) -> list[RegisteredTarget]:
        """The machines that the inventory says are in an account, without those that are excluded."""
        wanted = account.lower()
        machines = (target for target in self.targets if target.machine and not target.excluded)
        return [target for target in machines if wanted and target.place == wanted]


def plain_address(text: str) -> str:
    """An address in its one shortest form (RFC 5952); other text as it is, in lower case."""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return text.lower()


def label(name: str) -> str:
    """The first part of a DNS name; nothing of an IP address."""
    return "" if re.fullmatch(r"[0-9.]+|[0-9a-f:]*:[0-9a-f:.]*", name) else name.partition(".")[0]


def _index(
    targets: Iterable[RegisteredTarget], keys: Callable[[RegisteredTarget], Iterable[str]]
) -> dict[str, list[RegisteredTarget]]:
    found: dict[str, list[RegisteredTarget]] = defaultdict(list)
    for target in targets:
        for key in keys(target):
            if key:
                found[key].append(target)
    return dict(found)
