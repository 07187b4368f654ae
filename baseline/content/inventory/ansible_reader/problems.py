"""What is wrong with an inventory, in sentences: out of Ansible's exceptions and warnings."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ansible._internal._datatag._tags import Origin
from ansible.errors import AnsibleError
from ansible.parsing.vault import AnsibleVaultError
from ansible.utils.display import Display

from .configuration import WARNINGS

Place = tuple[str, int, int]
"""File, line and column; line 0 means the whole file."""

MAXIMUM_WARNINGS = 1000
_PLUGINS = {".yml": "yaml", ".yaml": "yaml", ".json": "yaml", ".toml": "toml"}
_VAULT_HINT = "--vault-password-file FILE or ANSIBLE_VAULT_PASSWORD_FILE; vault ids: ANSIBLE_VAULT_IDENTITY_LIST"


class UnusableError(Exception):
    """Something that baseline cannot take; the message says why."""


def place_of(value: Any, path: str = "") -> Place:
    """Where a tagged value was written; the whole of ``path`` when Ansible does not know."""
    origin = value if isinstance(value, Origin) else Origin.get_tag(value)
    if origin is None or not origin.path:
        return (path, 0, 0)
    return (str(origin.path), origin.line_num or 0, origin.col_num or 0)


def problem(place: Place, message: str, hint: str = "", level: str = "error") -> dict[str, Any]:
    """A problem as the parent process reads it."""
    path, line, column = place
    text = {"message": " ".join(message.split())[:400], "hint": " ".join(hint.split())[:400]}
    return {"path": path or "inventory", "line": line, "column": column, "level": level, **text}


def explain(error: BaseException, path: str) -> dict[str, Any]:
    """A problem out of an exception: the deepest known place, and a sentence that does not quote the file.

    A quoted line could hold a password.
    """
    links = list(_chain(error))
    known = [place_of(link.obj, path) for link in links if isinstance(link, AnsibleError) and link.obj is not None]
    place = next((found for found in reversed(known) if found[1]), known[-1] if known else (path, 0, 0))
    return problem(place, *_sentence(links))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(20):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _sentence(links: list[BaseException]) -> tuple[str, str]:
    if any(isinstance(link, MemoryError) for link in links):
        return "needs more memory than an inventory may use", "look for a huge host range such as web[1:99999999]"
    if any(isinstance(link, RecursionError) for link in links):
        return "is nested too deeply", ""
    ours = [link for link in links if isinstance(link, AnsibleError)]
    text = str(ours[-1].message) if ours else f"{type(links[-1]).__name__}: {links[-1]}"
    if any(isinstance(link, AnsibleVaultError) for link in links):
        return _vault_sentence(text)
    text = re.sub(r"^Failed to parse inventory[:.]\s*", "", text)
    text = re.sub(r"^YAML parsing failed:\s*(.)", lambda found: "is not valid YAML: " + found[1].lower(), text)
    return re.sub(r"(, got: | definition ['\"]|entry: ).*", ", which this line is not", text, flags=re.DOTALL), ""


def _vault_sentence(text: str) -> tuple[str, str]:
    if "must be specified" in text or "no vault secrets found" in text:
        return "is encrypted with ansible-vault, and no vault password was given", _VAULT_HINT
    if "no vault secrets were found that could decrypt" in text:
        return "is encrypted with ansible-vault, and no vault password that was given fits", _VAULT_HINT
    return text, ""


class Notes:
    """Problems so far, and what inventory plugins said of the source that is being read."""

    def __init__(self) -> None:
        self.problems: list[dict[str, Any]] = []
        self.failures: dict[str, BaseException] = {}
        self.failed = False

    def listen(self) -> None:
        """Take what Ansible would print. Deprecations are for whoever maintains the plugin, and are dropped."""
        display = Display()
        display.warning, display.error_as_warning = self._warning, self._failure
        display.deprecated = display.display = lambda *_, **__: None
        for text in WARNINGS:
            self._warning(text)

    def fail(self, found: dict[str, Any]) -> None:
        """Note a problem that leaves no usable inventory."""
        self.failed = True
        self.problems.append(found)

    def unreadable(self, source: str) -> None:
        """Note that no plugin could read a source, with what the fitting plugin said of it."""
        if "," not in source and not Path(source).exists():
            self.fail(problem((source, 0, 0), "does not exist"))
        elif not self.failures:
            self.fail(problem((source, 0, 0), "is not an inventory that an enabled plugin can read"))
        else:
            self.fail(explain(self.failures[_fitting(source, self.failures)], source))

    def _warning(self, msg: str, *_: Any, obj: Any = None, help_text: str | None = None, **__: Any) -> None:
        if (
            not msg.startswith(("Unable to parse ", "No inventory was parsed"))
            and len(self.problems) < MAXIMUM_WARNINGS
        ):
            self.problems.append(problem(place_of(obj), msg, help_text or "", "warning"))

    def _failure(self, msg: str | None, exception: BaseException, **_: Any) -> None:
        plugin = re.search(r"with '([^']+)' plugin", msg or "")
        self.failures[plugin[1].rpartition(".")[2] if plugin else ""] = exception


def _fitting(source: str, failures: dict[str, BaseException]) -> str:
    """The plugin that a source was meant for: a script, a plugin's configuration, else by extension or by its text."""
    if "script" in failures:
        return "script"
    if "auto" in failures and "no root 'plugin' key" not in str(failures["auto"]):
        return "auto"
    extension = Path(source).suffix
    wanted = _PLUGINS.get(extension, "ini")
    if not extension and _looks_like_yaml(source):
        wanted = "yaml"
    return wanted if wanted in failures else next(reversed(failures))


def _looks_like_yaml(source: str) -> bool:
    with Path(source).open(encoding="utf-8", errors="replace") as file:
        lines = [line.strip() for line in file.read(8192).splitlines()]
    first = next((line for line in lines if line and line[0] not in "#;"), "")
    return first == "---" or first.endswith(":")
