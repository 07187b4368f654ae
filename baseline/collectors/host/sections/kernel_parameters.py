"""Kernel parameters: what the kernel uses now, and what sysctl.d sets at boot."""

from collections.abc import Mapping
from fnmatch import fnmatchcase

from baseline.collectors.host.answer import Answer, Setting
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.models.artefact import SourceLines
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_names import KERNEL_PARAMETERS
from baseline.models.facts.host_system import KernelParameter

PATHS = {name.replace(".", "/"): name for name in KERNEL_PARAMETERS}
FOLDERS = ("/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d", "/lib/sysctl.d")
"""From high to low: of files with one name only the first counts (sysctl.d(5))."""


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``kernel_parameters``."""
    answer = answers["kernel_parameters"]
    running, lines = _running(answer)
    if not running:
        return Reading(HostFacts(kernel_parameters=Unknown("nothing could be read below /proc/sys")))
    unreadable = answer.unreadable("/")
    configured = _configured(answer)
    parameters = {
        name: KernelParameter(
            running=running.get(name, Unknown("the kernel gave no answer")),
            configured=unreadable or (configured[name].text if name in configured else None),
        )
        for name in KERNEL_PARAMETERS
    }
    return Reading(HostFacts(kernel_parameters=parameters), _sources(answer, lines, configured))


def _sources(answer: Answer, running: dict[str, int], configured: dict[str, Setting]) -> dict[str, SourceLines]:
    sources = {"kernel_parameters": answer.source()}
    for name, number in running.items():
        set_at = [configured[name].number] if name in configured else []
        sources[f"kernel_parameters.{name}"] = answer.source(number, *set_at)
    return sources


def _running(answer: Answer) -> tuple[dict[str, Fact[str | None]], dict[str, int]]:
    """``path:value`` as grep prints it, or ``grep: path: reason``."""
    found: dict[str, Fact[str | None]] = {}
    lines: dict[str, int] = {}
    for number, text in answer.output("grep /proc/sys"):
        path, _, value = text.removeprefix("grep: ").partition(":")
        name = PATHS.get(path)
        if name is None or name in found:
            continue
        lines[name] = number
        found[name] = " ".join(value.split()) if not text.startswith("grep: ") else _refused(answer, name, value)
    return found, lines


def _refused(answer: Answer, name: str, reason: str) -> Fact[str | None]:
    if "No such file" in reason:
        return None
    return answer.needs_root(name) if "denied" in reason else Unknown(f"{name}: {reason.strip()}")


def _configured(answer: Answer) -> dict[str, Setting]:
    """The last file that sets a parameter wins; a pattern sets only what no file names itself (sysctl.d(5))."""
    order = {path: position for position, path in enumerate(_files_in_order(answer))}
    settings = sorted((s for s in answer.settings() if s.path in order), key=lambda s: (order[s.path], s.line))
    exact: dict[str, Setting] = {}
    patterns: list[tuple[str, Setting]] = []
    for setting in settings:
        key, equals, value = setting.text.partition("=")
        name = _dotted(key.strip().removeprefix("-").strip())
        found = setting._replace(text=" ".join(value.split()))
        if not equals or name.startswith((";", "#")):
            continue
        if "*" in name or "?" in name or "[" in name:
            patterns.append((name, found))
        else:
            exact[name] = found
    by_pattern = {
        name: found for pattern, found in patterns for name in KERNEL_PARAMETERS if fnmatchcase(name, pattern)
    }
    return by_pattern | exact


def _dotted(key: str) -> str:
    """The name with dots, where a file writes slashes: the first separator decides (sysctl.d(5))."""
    first = next((character for character in key if character in "./"), ".")
    return key.replace("/", ".") if first == "/" else key


def _files_in_order(answer: Answer) -> list[str]:
    by_name: dict[str, str] = {}
    available = answer.files_read() + answer.named("masked")
    for folder in FOLDERS:
        for path in available:
            parent, _, base = path.rpartition("/")
            if parent == folder:
                by_name.setdefault(base, path)
    ordered = [by_name[base] for base in sorted(by_name)]
    if "sysctl.conf" in answer.notes("order"):
        ordered.append("/etc/sysctl.conf")
    return ordered


SECTION = ScriptSection(
    name="kernel_parameters",
    artefact="sysctl",
    supplies=("kernel_parameters",),
    parse=parse,
    arguments=tuple(PATHS),
)
