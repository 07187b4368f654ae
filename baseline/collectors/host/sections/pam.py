"""PAM stacks (pam.d(5)): one line a module."""

import re
from collections.abc import Iterator

import msgspec

from baseline.collectors.host.answer import Answer

RULE = re.compile(r"-?(auth|account|password|session)\s+(\[[^\]]{0,200}\]|\S+)\s+(\S+)\s*(.*)")


class PamRule(msgspec.Struct, frozen=True):
    """One module in a stack. ``arguments`` maps ``name=value`` to its value, a bare word to an empty string."""

    path: str
    type: str
    control: str
    module: str
    arguments: dict[str, str]
    number: int


def pam_rules(answer: Answer) -> Iterator[PamRule]:
    """The rules of every PAM file in the answer; a file in /etc hides the one of the same name in /usr/lib."""
    hidden = {
        path.replace("/etc/pam.d/", "/usr/lib/pam.d/") for path in answer.files_read() if path.startswith("/etc/")
    }
    for setting in answer.settings():
        match = RULE.match(setting.text) if "/pam.d/" in setting.path and setting.path not in hidden else None
        if match:
            words = (word.partition("=") for word in match[4].split("#")[0].split())
            module = match[3].rpartition("/")[2].removesuffix(".so")
            arguments = {name: value for name, _, value in words}
            yield PamRule(setting.path, match[1], match[2], module, arguments, setting.number)
