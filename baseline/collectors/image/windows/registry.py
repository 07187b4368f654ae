"""The registry of an offline Windows: hives as files, the control set that starts next, and the local policy file.

What stands in ``GroupPolicy/Machine/Registry.pol`` is written over the registry when Windows starts, so it counts here.
"""

from baseline.collectors.image.reader.file_tree import FileTree, ImageError
from baseline.collectors.image.reader.hive import Hive, Key, RegistryValue
from baseline.collectors.image.windows.policy_file import PolicyFile, read_policy_file

CONFIGURATION = "Windows/System32/config"
POLICY_FILE = "Windows/System32/GroupPolicy/Machine/Registry.pol"
HIVES = ("SYSTEM", "SOFTWARE", "SAM", "SECURITY")
MAXIMUM_HIVE_BYTES = 512 * 1024**2
MAXIMUM_POLICY_BYTES = 16 * 1024**2
_CURRENT = "currentcontrolset"


class Registry:
    r"""Keys and values by paths such as ``SYSTEM\CurrentControlSet\Control\Lsa``."""

    def __init__(self, tree: FileTree) -> None:
        self._tree = tree
        self._hives: dict[str, Hive | ImageError] = {}
        self._policy: PolicyFile | ImageError | None = None
        self._control_set = ""

    def key(self, path: str) -> Key | None:
        """A key; None when it does not exist.

        Raises:
            ImageError: its hive cannot be read.
        """
        hive, _, rest = path.partition("\\")
        return self._hive(hive).key(self._current(rest) if hive.upper() == "SYSTEM" else rest)

    def value(self, path: str, name: str) -> RegistryValue | None:
        """A value, as Windows will find it; None when it does not exist.

        Raises:
            ImageError: its hive, or the policy file, cannot be read.
        """
        decided, value = self._policies().value(path, name)
        if decided:
            return value
        key = self.key(path)
        return key.values().get(name.casefold()) if key else None

    def subkeys(self, path: str) -> list[Key]:
        """The keys below a key; none when it does not exist."""
        key = self.key(path)
        return list(key.keys()) if key else []

    def _hive(self, name: str) -> Hive:
        upper = name.upper()
        if upper not in self._hives:
            try:
                content = self._tree.read(f"{CONFIGURATION}/{upper}", MAXIMUM_HIVE_BYTES)
                self._hives[upper] = Hive(f"the hive {upper}", content)
            except ImageError as error:
                self._hives[upper] = error
        found = self._hives[upper]
        if isinstance(found, ImageError):
            raise found
        return found

    def _policies(self) -> PolicyFile:
        if self._policy is None:
            try:
                there = self._tree.entry(POLICY_FILE) is not None
                content = self._tree.read(POLICY_FILE, MAXIMUM_POLICY_BYTES) if there else None
                self._policy = read_policy_file(content)
            except ImageError as error:
                self._policy = error
        if isinstance(self._policy, ImageError):
            raise self._policy
        return self._policy

    def _current(self, path: str) -> str:
        """The path with the control set that the next start uses in place of ``CurrentControlSet``."""
        first, _, rest = path.partition("\\")
        if first.casefold() != _CURRENT:
            return path
        if not self._control_set:
            select = self._hive("SYSTEM").key("Select")
            values = select.values() if select else {}
            number = values.get("default") or values.get("current")
            if number is None or not isinstance(number.data, int) or not 1 <= number.data <= 999:
                raise ImageError("the hive SYSTEM does not tell which control set starts")
            self._control_set = f"ControlSet{number.data:03d}"
        return f"{self._control_set}\\{rest}" if rest else self._control_set
