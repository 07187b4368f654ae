"""What is left of a configuration once a remedy was typed: lines as nested sections, and a device that takes commands."""

from collections.abc import Collection
from typing import TypeAlias

Section: TypeAlias = "dict[str, Section]"


def tree(text: str) -> Section:
    """Lines as nested dicts, by their indentation."""
    root: Section = {}
    levels = [(-1, root)]
    for line in text.splitlines():
        if line.strip() in {"", "!"}:
            continue
        indent = len(line) - len(line.lstrip())
        while levels[-1][0] >= indent:
            levels.pop()
        levels.append((indent, levels[-1][1].setdefault(line.strip(), {})))
    return root


def typed(section: Section, lines: Section, replaced: Collection[str]) -> None:
    """Type nested lines into a section; of commands that begin with one of ``replaced`` the last one typed counts."""
    for text, below in lines.items():
        bare = text.removeprefix("no ")
        same = next((f"{start} " for start in replaced if bare.startswith(f"{start} ")), None)
        for known in list(section):
            taken_away = text != bare and (known == bare or known.startswith(f"{bare} "))
            if taken_away or known == f"no {bare}" or (same and known.startswith(same) and known != text):
                del section[known]
        typed(section.setdefault(text, {}), below, replaced)


def written(section: Section, step: str, indent: str = "") -> str:
    """The sections as lines."""
    return "".join(f"{indent}{text}\n{written(below, step, indent + step)}" for text, below in section.items())
