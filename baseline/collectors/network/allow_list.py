"""The one place that decides whether a command may be sent to a network device.

Two locks, both of which must open. The platform's patterns say what is asked for; the rules here say what reading can
look like at all, so that a pattern that is too wide still cannot change a device. A command is compared as it stands:
nothing is trimmed, folded or expanded first.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from baseline.models.errors import CollectError

MAXIMUM_LENGTH = 200
"""Characters; the longest command line that Cisco IOS takes is 254."""

CHARACTERS = re.compile(r"[A-Za-z0-9 _./:,^|-]+")
"""What a reading command is written with. Not there: line ends and other control characters, ``?`` and tab (which help
and complete at once), ``!`` and ``#`` (comments), quotes and backslashes, ``;`` ``&`` `` ` `` ``$`` ``(`` ``>`` ``<``
(shells), and everything outside ASCII, which a terminal may fold into something else."""

READING_VERBS = ("show", "get", "display")
"""The first word, in full and in lower case: devices expand abbreviations, each in its own way."""

SESSION_COMMANDS = re.compile(
    r"terminal (length|width|pager) \d{1,3}"  # Cisco, Arista, FRRouting: paging and line width of this session
    r"|no page|screen-length disable|screen-length 0 temporary"
    r"|set cli (screen-length 0|screen-width \d{1,4}|pager off|complete-on-space off|scripting-mode on)"
    r"|enable"  # asks for the privileged mode, in which a configuration can be read
)
"""What changes nothing but the session itself."""

CHANGING_WORDS = re.compile(
    r"authenticate|cancel|checkpoint|clear|conf|config|configure|copy|debug|delete|diagnose|disable|do|download-sw|edit|"
    r"enable|enhanced|enroll|erase|exec|execute|export|force-switchover|format|generate|guestshell|import|install|kill|"
    r"load|lock|mount|move|no|plaintext|primary|push|python|redirect|reload|rename|renumber|renumber-to|replace|request|"
    r"reset|restart|rollback|run|run-script|save|send|set|set-default|shell|shutdown|start|start-shell|stop|switchover|"
    r"tclsh|tee|test|undebug|undelete|undo|unmount|unset|update|upgrade|vsh|wr|write|zeroize",
    re.IGNORECASE,
)
"""Words that act when a line starts with them, or that make a line act that starts with another. They may stand nowhere
in a command: a device that loses the first characters of a line, as one that was paging does, must not be left with one
of these."""

KNOWN_TO_READ = frozenset(
    {
        "show checkpoint list all",
        "show vstack config",
        "show config running",
        "show config pushed-template",
        "show config pushed-shared-policy",
    }
)
"""Whole commands that only read although they hold such a word, because what is left of them, cut short, changes nothing:
AOS-CX knows no command ``checkpoint list``, ``vstack config`` asks where to configure from (Cisco's advisory
cisco-sa-20170214-smi tells to look at Smart Install with it), and PAN-OS, which the others are for, knows no command
``config`` (it has ``configure``)."""

FILTERS = re.compile(r"(include|exclude|begin|section|match|except|find) [^|]+|no-more|display set|count")
"""What may follow a pipe. Never ``redirect``, ``append``, ``tee``, ``save`` or a shell."""


def check_command(patterns: Iterable[re.Pattern[str]], command: str) -> str:
    """The command, if it only reads and one of a platform's patterns matches it as a whole.

    Raises:
        CollectError: ``not_allowed``, with the reason.
    """
    reason = _reason_against(command)
    if reason is None and not any(pattern.fullmatch(command) for pattern in patterns):
        reason = "the platform does not list it as a command that only reads"
    if reason is not None:
        raise CollectError("not_allowed", f"refused to send {command[:80]!r}: {reason}")
    return command


@lru_cache(1024)
def _reason_against(command: str) -> str | None:
    if not 0 < len(command) <= MAXIMUM_LENGTH:
        return f"a command has 1 to {MAXIMUM_LENGTH} characters"
    if not CHARACTERS.fullmatch(command):
        return "it holds a character that no reading command needs"
    if "" in command.split(" "):
        return "words are separated by one space, with none at either end"
    if SESSION_COMMANDS.fullmatch(command) or command in KNOWN_TO_READ:
        return None
    return _reason_against_words(command.split(" ")) or _reason_against_filters(command)


def _reason_against_words(words: list[str]) -> str | None:
    if words[0] not in READING_VERBS:
        return f"only commands that start with {', '.join(READING_VERBS)} are sent"
    if len(words) < 2 or words[1] == "|":
        return "it does not say what to show"
    meant = " ".join(words).replace(" | display set", "").split(" ")  # Junos: one of the filters
    return next((f"the word {word!r} can change a device" for word in meant if CHANGING_WORDS.fullmatch(word)), None)


def _reason_against_filters(command: str) -> str | None:
    _, *filters = command.split(" | ")
    if command.count("|") != len(filters):
        return "a pipe stands between two spaces"
    return next((f"{text!r} is not a filter" for text in filters if not FILTERS.fullmatch(text)), None)
