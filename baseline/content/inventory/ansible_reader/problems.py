"""What is wrong with an inventory, in sentences: out of Ansible's exceptions and warnings."""

import re
from pathlib import Path
from typing import Any

from ansible._internal._datatag._tags import Origin
from ansible.errors import AnsibleError, AnsibleTemplateSyntaxError, AnsibleUndefinedVariable
from ansible.parsing.vault import AnsibleVaultError
from ansible.utils.display import Display

from .configuration import WARNINGS

Place = tuple[str, int, int]
"""File, line and column; line 0 means the whole file."""

MAXIMUM_WARNINGS = 1000
_SENTENCES = (
    (r"^Failed to parse inventory[:.]\s*", ""),
    (r"^YAML parsing failed:\s*(.)", lambda found: "is not valid YAML: " + found[1].lower()),
    (r"^Expected key=value host variable.*", "is not HOST KEY=VALUE KEY=VALUE ..."),
    (r"^Expected key=value.*", "is not KEY=VALUE"),
    (r"^Error parsing host definition.*", "has a quote without its other half"),
    (r"^Invalid section entry.*", "is not a section such as [group], [group:vars] or [group:children]"),
    (r"^YAML inventory has invalid structure.*", "is not an inventory: a mapping of groups is expected"),
    (
        r"^Invalid (\"\w+\") entry for (\".*\") group, .*",
        r"has a list or word as \1 of group \2: a mapping is expected",
    ),
)
"""Ansible's messages, without what they quote from the file, for a person."""
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
    links = chain(error)
    known = [place_of(link.obj, path) for link in links if isinstance(link, AnsibleError) and link.obj is not None]
    place = next((found for found in reversed(known) if found[1]), known[-1] if known else (path, 0, 0))
    line = place[1] or _ini_line(links)
    message, hint = _sentence(links)
    return problem((place[0], line, place[2] or min(line, 1)), message.rstrip("."), hint)


def chain(error: BaseException | None) -> list[BaseException]:
    """An exception and what caused it, outermost first."""
    links: list[BaseException] = []
    while error is not None and len(links) < 20:
        links.append(error)
        error = error.__cause__ or error.__context__
    return links


def reason(error: Exception) -> str:
    """Why a value cannot be used. Of templates only what is undefined or misspelt: other messages may quote values."""
    if isinstance(error, UnusableError):
        return str(error)
    links = chain(error)
    if any(isinstance(link, AnsibleVaultError) or "undecryptable" in str(link) for link in links):
        return "is encrypted, and cannot be decrypted with the vault passwords that were given"
    if any(isinstance(link, RecursionError) or "recursive" in str(link).lower() for link in links):
        return "refers to itself"
    if isinstance(error, AnsibleUndefinedVariable | AnsibleTemplateSyntaxError):
        return f"cannot be rendered: {error.message}"
    return "has a template that Ansible cannot render"


def _ini_line(links: list[BaseException]) -> int:
    """The line at which Ansible's INI plugin stopped: it drops the number, so look at what it had in hand."""
    for link in links:
        trace = link.__traceback__
        while trace is not None:
            frame = trace.tb_frame
            if frame.f_code.co_name == "_parse" and "pending_declarations" in frame.f_locals:
                return _line_in_hand(frame.f_locals)
            trace = trace.tb_next
    return 0


def _line_in_hand(variables: dict[str, Any]) -> int:
    if "decl" in variables:
        return int(variables["decl"]["line"])
    lines = [line.strip() for line in variables["lines"]]
    return lines.index(variables["line"]) + 1 if variables.get("line") in lines else 0


def _sentence(links: list[BaseException]) -> tuple[str, str]:
    if any(isinstance(link, MemoryError) for link in links):
        return "needs more memory than an inventory may use", ""
    if any(isinstance(link, RecursionError) for link in links):
        return "is nested too deeply", ""
    if any(isinstance(link, UnicodeError) for link in links):
        return "is not UTF-8 text", ""
    ours = [link for link in links if isinstance(link, AnsibleError)]
    text = str(ours[-1].message) if ours else f"{type(links[-1]).__name__}: {links[-1]}"
    if any(isinstance(link, AnsibleVaultError) for link in links):
        return _vault_sentence(text)
    if any(isinstance(link, ValueError) and "to unpack" in str(link) for link in links):
        return "has a host name or range with a bracket too few or too many", ""
    for pattern, replacement in _SENTENCES:
        text = re.sub(pattern, replacement, text, flags=re.DOTALL)
    return text, next((_said(str(link._help_text)) for link in ours if link._help_text), "")  # noqa: SLF001 - no other way


def _said(help_text: str) -> str:
    """What an inventory script wrote to standard error, its last line; other help is about YAML in general."""
    lines = help_text.strip().splitlines()
    return f"it said: {lines[-1][:200]}" if lines and lines[0].startswith("Standard error from") else ""


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
        self.source = ""

    def listen(self) -> None:
        """Take what Ansible would print. Deprecations are for whoever maintains the plugin, and are dropped."""
        display = Display()
        display.warning = self._warning
        display.deprecated = display.display = display.error_as_warning = lambda *_, **__: None
        for text in WARNINGS:
            self._warning(text)

    def fail(self, found: dict[str, Any]) -> None:
        """Note a problem that leaves no usable inventory."""
        self.failed = True
        self.problems.append(found)

    def failure(self, plugin: str, error: BaseException) -> None:
        """Note what a plugin said; that a file is no plugin's configuration says nothing."""
        if "no root 'plugin' key" not in str(error):
            self.failures[plugin] = error

    def unreadable(self, source: str) -> None:
        """Note that no plugin could read a source, with what the fitting plugin said of it."""
        if "," not in source and not Path(source).exists():
            self.fail(problem((source, 0, 0), "does not exist"))
        elif not self.failures:
            self.fail(problem((source, 0, 0), "is not an inventory that an enabled plugin can read"))
        else:
            self.fail(explain(self.failures[_fitting(source, self.failures)], source))

    def misread(self, source: str) -> bool:
        """Whether another plugin than the one it is meant for took a source, as INI takes a script that fails for a list
        of comments. An empty YAML file is nothing to worry about.
        """
        if not self.failures:
            return False
        fitting = _fitting(source, self.failures)
        sure = fitting in ("script", "auto") or Path(source).suffix in _PLUGINS
        return sure and "Parsed empty YAML file" not in str(self.failures[fitting])

    def _warning(self, msg: str, *_: Any, obj: Any = None, help_text: str | None = None, **__: Any) -> None:
        if (
            not msg.startswith(("Unable to parse ", "No inventory was parsed"))
            and len(self.problems) < MAXIMUM_WARNINGS
        ):
            self.problems.append(problem(place_of(obj, self.source), msg, help_text or "", "warning"))


def _fitting(source: str, failures: dict[str, BaseException]) -> str:
    """The plugin that a source was meant for: a script, a plugin's configuration, else by extension or by its text."""
    if "script" in failures:
        return "script"
    if "auto" in failures:
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
