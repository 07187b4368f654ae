"""What a question mark prints."""

from baseline.lab.shell.grammar import ARGUMENT, REST, CommandLineError, Node


def help_text(root: Node, typed: str) -> str:
    """The words that may follow what was typed, or begin with its last, unfinished word."""
    *words, partial = typed.split(" ")
    node: Node | None = root
    try:
        for word in filter(None, words):
            node = node.step(word, 0) or node.argument if node else None
    except CommandLineError:
        node = None
    names = _following(node, partial.lower()) if node else []
    return "".join(f"  {name}\n" for name in names) or "% Unrecognized command\n"


def _following(node: Node, partial: str) -> list[str]:
    names = sorted(name for name in node.keywords if name.startswith(partial))
    if not partial:
        names += [ARGUMENT] * (node.argument is not None) + [REST] * (node.rest is not None)
        names += ["<cr>"] * (node.command is not None)
    return names
