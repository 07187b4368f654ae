"""Cuts the output of the script into answers, one a section, and writes each down as an artefact.

A mark stands on a line of its own: the run's secret mark, a verb, and its object. What stands between two marks is what a
command printed or a file holds; since nothing on the target knows the mark, content cannot pass for a boundary.
"""

import re

import msgspec

from baseline.collectors.host.answer import Answer, Line, Part, read_settings
from baseline.collectors.host.redaction import redact

VERBS = frozenset({"command", "file", "lines"})
WORDS = {
    "missing": "# {}: not installed",
    "absent": "# {}: does not exist",
    "denied": "# {}: may not be read by this account",
    "masked": "# {}: is no regular file",
    "silent": "# {}: a file system that gives no answer",
    "note": "# {}",
}
CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class Transcript(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a run of the script printed. ``finished`` tells that it came to its end."""

    uid: int | None
    finished: bool
    sections: dict[str, Answer]


def read_transcript(output: bytes, mark: str, artefacts: dict[str, str], refusal: str = "") -> Transcript:
    """Cut the output of a run. ``artefacts`` maps section names to the names of their artefacts; others are dropped."""
    text = CONTROL_CHARACTERS.sub("\ufffd", redact(output.decode("utf-8", "replace")))
    chunks = [_chunk(chunk) for chunk in f"\n{text}".split(f"\n{mark} ")[1:]]
    uid = next((_number(name) for verb, name, _ in chunks if verb == "begin"), None)
    sections: dict[str, list[tuple[str, str, str]]] = {}
    current: list[tuple[str, str, str]] = []
    for chunk in chunks:
        if chunk[0] == "section":
            current = sections.setdefault(chunk[1], [])
        else:
            current.append(chunk)
    return Transcript(
        uid=uid,
        finished=any(verb == "finished" for verb, _, _ in chunks),
        sections={
            name: _answer(artefacts[name], found, privileged=uid == 0, refusal=refusal)
            for name, found in sections.items()
            if name in artefacts
        },
    )


def _chunk(chunk: str) -> tuple[str, str, str]:
    head, _, body = chunk.partition("\n")
    verb, _, name = head.partition(" ")
    return verb, name, body


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _answer(artefact: str, chunks: list[tuple[str, str, str]], *, privileged: bool, refusal: str) -> Answer:
    """Number the lines as they stand in the artefact: a command or file is headed by a line that names it."""
    written: list[str] = []
    parts: list[Part] = []
    for position, (verb, name, body) in enumerate(chunks):
        if verb in VERBS:
            if verb != "lines":
                written.append(f"$ {name}" if verb == "command" else f"$ cat {name}")
            lines = tuple(Line(len(written) + index, line) for index, line in enumerate(_lines(body), 1))
            written.extend(line.text for line in lines)
            status = _status(chunks, position + 1)
            if status:
                written.append(f"# exit status {status}")
            settings = read_settings(lines) if verb == "lines" else ()
            parts.append(Part(verb, name, lines, status, settings))
        elif verb in WORDS or verb == "read":
            parts.append(Part(verb, name))
            if verb in WORDS:
                written.append(WORDS[verb].format(name))
    return Answer(
        artefact=artefact,
        text="".join(f"{line}\n" for line in written),
        parts=tuple(parts),
        complete=any(verb == "end" for verb, _, _ in chunks),
        privileged=privileged,
        refusal=refusal,
    )


def _lines(body: str) -> list[str]:
    return body.removesuffix("\n").split("\n") if body.strip("\n") else []


def _status(chunks: list[tuple[str, str, str]], position: int) -> int | None:
    if position < len(chunks) and chunks[position][0] == "status":
        return _number(chunks[position][1])
    return None
