"""Opens an inventory with Ansible's own loader, plugins, variables and vault."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ansible import constants
from ansible.cli import CLI
from ansible.errors import AnsibleError
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.plugins import inventory as plugins
from ansible.plugins.loader import init_plugin_loader
from ansible.template import Templar
from ansible.vars.hostvars import HostVars
from ansible.vars.manager import VariableManager

from .problems import Notes, UnusableError, explain, problem

MAXIMUM_FILE_BYTES = 64 * 1024 * 1024


class OnceLoader(DataLoader):  # type: ignore[misc]  # Ansible has no types
    """Spares the deep copy of what is not cached anyway: half of the time that a large YAML inventory takes."""

    def load_from_file(self, file_name: str, cache: str = "all", unsafe: bool = False, **options: Any) -> Any:
        """As Ansible's own, which copies in order to protect its cache."""
        return super().load_from_file(file_name, cache=cache, unsafe=unsafe or cache == "none", **options)


class Sources(InventoryManager):  # type: ignore[misc]  # Ansible has no types
    """Ansible's inventory, in which a source that cannot be read is an error instead of a warning."""

    def __init__(self, loader: DataLoader, sources: list[str], notes: Notes, maximum_hosts: int) -> None:
        self.notes, self.maximum_hosts = notes, maximum_hosts
        super().__init__(loader=loader, sources=sources, parse=False)

    def parse_source(self, source: str, cache: bool = False) -> bool:
        """Read one file, script, host list or folder."""
        path = Path(source)
        if "," not in source and path.is_dir():
            return bool(super().parse_source(source, cache=cache))
        self.notes.failures.clear()
        self.notes.source = source
        if "," not in source and path.is_file() and (reason := _refused(path)):
            self.notes.fail(problem((source, 0, 0), reason))
            return False
        try:
            parsed = bool(super().parse_source(source, cache=cache))
        except AnsibleError:
            parsed = False
        if not parsed or self.notes.misread(source):
            self.notes.unreadable(source)
        if len(self.hosts) > self.maximum_hosts:
            raise UnusableError(f"holds more than {self.maximum_hosts} hosts")
        return parsed

    def _fetch_inventory_plugins(self) -> list[Any]:
        """The plugins, watched: Ansible itself forgets what failed as soon as a later plugin takes the source."""
        return [self._watched(plugin) for plugin in super()._fetch_inventory_plugins()]

    def _watched(self, plugin: Any) -> Any:
        parse = plugin.parse

        def watched(*arguments: Any, **options: Any) -> None:
            try:
                parse(*arguments, **options)
            except Exception as error:
                self.notes.failure(str(plugin.ansible_name).rpartition(".")[2], error)
                raise

        plugin.parse = watched
        return plugin


def _refused(path: Path) -> str:
    """Why a file is not even tried; empty when it is. A program is run, so what it looks like does not matter."""
    if path.stat().st_size > MAXIMUM_FILE_BYTES:
        return f"is larger than {MAXIMUM_FILE_BYTES} bytes"
    with path.open("rb") as file:
        binary = b"\0" in file.read(8192)
    return "is not text" if binary and not os.access(path, os.X_OK) else ""


def _bound_host_ranges(maximum: int) -> None:
    """Let ``web[1:99999999]`` be refused before Ansible writes all those names out."""
    expand = plugins.expand_hostname_range

    def bounded(line: str) -> Any:
        total = 1
        for first, last, step in re.findall(r"\[(\d{0,18}):(\d{1,18})(?::(\d{1,18}))?\]", line):
            total *= max(0, int(last) - int(first or 0)) // max(1, int(step or 1)) + 1
        if total > maximum:
            raise AnsibleError(f"has a range of more than {maximum} hosts")
        return expand(line)

    plugins.expand_hostname_range = bounded


class Opened:
    """An inventory that Ansible has read, with its variables and vault passwords."""

    def __init__(self, request: dict[str, Any], notes: Notes) -> None:
        init_plugin_loader()
        _bound_host_ranges(request["maximum_hosts"])
        self.notes, self.loader = notes, OnceLoader()
        self.sources: list[str] = request["sources"] or _default_sources()
        self.loader.set_vault_secrets(_vault_secrets(self.loader, request))
        self.inventory = Sources(self.loader, self.sources, notes, request["maximum_hosts"])

    def read(self) -> None:
        """Read every source; what cannot be read is noted or raised."""
        self.inventory.parse_sources()
        self.manager = VariableManager(loader=self.loader, inventory=self.inventory)
        HostVars(self.inventory, self.manager, self.loader)
        self.templar = Templar(loader=self.loader)

    def variables(self, host: Any) -> dict[str, Any]:
        """All variables of a host, as ``ansible-inventory --list`` has them, before templates are rendered."""
        return dict(self.manager.get_vars(host=host, include_hostvars=True, stage="all"))

    def render(self, value: Any, variables: dict[str, Any]) -> Any:
        """The value with its templates rendered for a host."""
        self.templar.available_variables = variables
        return self.templar.template(value)

    def note_broken_variable_files(self) -> None:
        """Note every broken file of group_vars and host_vars; Ansible itself stops at the first."""
        for path in _variable_files(self.sources):
            try:
                self.loader.load_from_file(path, cache="all", unsafe=True, trusted_as_template=True)
            except AnsibleError as error:
                self.notes.fail(explain(error, path))


def _vault_secrets(loader: DataLoader, request: dict[str, Any]) -> list[tuple[str, Any]]:
    """The vault passwords of the configuration and of the request. A prompt is refused: nobody may be there to answer."""
    identities = [*constants.DEFAULT_VAULT_IDENTITY_LIST, *request["vault_ids"]]
    if any(identity.rpartition("@")[2] in ("prompt", "prompt_ask_vault_pass") for identity in identities):
        raise UnusableError("asks for a vault password with a prompt; name a file or a script: LABEL@FILE")
    files = list(request["vault_password_files"])
    return list(CLI.setup_vault_secrets(loader, identities, files, auto_prompt=False))


def _default_sources() -> list[str]:
    """What ansible.cfg or ANSIBLE_INVENTORY names, else ``./inventory``, else Ansible's own default."""
    configured, origin = constants.config.get_config_value_and_origin("DEFAULT_HOST_LIST")
    if origin != "default":
        return [str(source) for source in configured]
    for source in ("inventory", *configured):
        if Path(source).exists():
            return [str(Path(source).absolute())]
    raise UnusableError("is not given, ansible.cfg names none, and there is no ./inventory")


def _variable_files(sources: list[str]) -> Iterator[str]:
    paths = [Path(source).absolute() for source in sources if "," not in source]
    for folder in sorted({path if path.is_dir() else path.parent for path in paths}):
        for kind in ("group_vars", "host_vars"):
            for parent, _, names in os.walk(folder / kind):
                wanted = ("", *constants.YAML_FILENAME_EXTENSIONS)
                yield from (f"{parent}/{name}" for name in sorted(names) if Path(name).suffix in wanted)
