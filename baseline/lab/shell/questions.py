"""Commands that ask something back or say that something was done, while nothing is."""

BUILDING = "Building configuration...\n[OK]\n"

_QUESTIONS = {
    "copy running-config startup-config": ("Destination filename [startup-config]? ", BUILDING),
    "reload": ("Proceed with reload? [confirm]", ""),
    "write erase": (
        "Erasing the nvram filesystem will remove all configuration files! Continue? [confirm]",
        "[OK]\nErase of nvram: complete\n",
    ),
}
"""Command -> its question and what it says after Enter."""


def reaction(command: str, arguments: tuple[str, ...]) -> tuple[str, str]:
    """The question that a changing command asks (empty: none) and what it says when done."""
    if command in {"write", "write memory"}:
        return "", BUILDING
    line = " ".join((command.removesuffix(" LINE"), *arguments))
    for full, answer in _QUESTIONS.items():
        if _abbreviates(line, full):
            return answer
    return "", ""


def _abbreviates(line: str, full: str) -> bool:
    words, whole = line.lower().split(), full.split()
    return len(words) == len(whole) and all(long.startswith(short) for short, long in zip(words, whole, strict=True))
