"""Which target an account, host or image is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from baseline.imports.finding import Asset
from baseline.models.errors import BaselineError
from baseline.models.target import Target
from baseline.store.imported_records import IMPORTED

LONGEST_NAME = 300
CLOUDS = frozenset({"aws", "azure", "m365"})


class AmbiguousAssetError(BaselineError):
    """More than one target bears the names of what was scanned."""


class KnownTargets:
    """Targets by what they are called: name, address, account, tenant and subscription; in any case."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self._by_name: dict[str, dict[str, Target]] = defaultdict(dict)
        self._names: dict[str, Target] = {}
        for target in targets:
            self._names[target.name] = target
            for name in _names(target):
                self._by_name[name.casefold()][target.name] = target

    def target(self, asset: Asset) -> Target:
        """The one target that bears a name of the asset, else a new one of that name.

        Raises:
            AmbiguousAssetError: several do.
        """
        for name in (asset.name, *asset.also):
            found = [each for each in self._by_name.get(name.casefold(), {}).values() if _can_be(asset, each)]
            if len(found) > 1:
                names = ", ".join(sorted(target.name for target in found))
                raise AmbiguousAssetError(f"{name} can be any of {names}; say which with --target")
            if found:
                return found[0]
        return self.new(asset)

    def named(self, name: str, asset: Asset) -> Target:
        """The target of this name, else a new one."""
        return self._names.get(name) or Target(name=name, kind=asset.kind, platform=IMPORTED)

    def new(self, asset: Asset) -> Target:
        """A target for something that is in no inventory; another thing of its name does not become it."""
        name = asset.name[:LONGEST_NAME]
        return Target(name=f"{asset.kind}:{name}" if name in self._names else name, kind=asset.kind, platform=IMPORTED)


def _can_be(asset: Asset, target: Target) -> bool:
    return target.kind == asset.kind if {target.kind, asset.kind} & CLOUDS else True


def _names(target: Target) -> Iterator[str]:
    yield target.name
    connection = target.connection
    if connection.address:
        yield connection.address
    if connection.aws is not None and connection.aws.account:
        yield connection.aws.account
    if connection.microsoft is not None:
        yield from (name for name in (connection.microsoft.tenant, *connection.microsoft.subscriptions) if name)
