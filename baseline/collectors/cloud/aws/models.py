"""Models of services with only the operations that may be called: less memory, quicker clients, and nothing else to call.

botocore's model of EC2 alone is some 10 MB of JSON with 700 operations, of which a dozen are read here.
"""

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

_Parts = dict[str, msgspec.Raw]
_REFERENCES = ("member", "key", "value")


class _Model(msgspec.Struct):
    """The two large parts of a model of a service, not decoded yet."""

    operations: _Parts
    shapes: _Parts


def reduced_loader(reads: Iterable[tuple[str, str]]) -> Any:
    """A loader of botocore that knows just these operations, by service and name."""
    from botocore.loaders import JSONFileLoader, Loader  # noqa: PLC0415 - heavy

    kept: dict[str, set[str]] = {}
    for service, operation in reads:
        kept.setdefault(service, set()).add(operation)

    class ReducingFileLoader(JSONFileLoader):  # type: ignore[misc]
        """Reads a file of botocore; of the model of a service only what is kept."""

        def load_file(self, file_path: str) -> Any:
            """The content of a file without its extension, or None when there is none."""
            path = Path(file_path)
            if path.name != "service-2":
                return _without_shapes(super().load_file(file_path))
            text = _text(path)
            return None if text is None else reduced_model(text, kept.get(path.parent.parent.name, set()))

    return Loader(file_loader=ReducingFileLoader())


def _without_shapes(found: Any) -> Any:
    """What botocore adds to a model, without changes to shapes: those of copies between regions are not there any more."""
    if isinstance(found, dict) and isinstance(found.get("merge"), dict):
        found["merge"].pop("shapes", None)
    return found


def reduced_model(text: bytes, operations: set[str]) -> dict[str, Any]:
    """The model of a service with these operations and the shapes that they need, without documentation."""
    large = msgspec.json.decode(text, type=_Model)
    whole: dict[str, msgspec.Raw] = msgspec.json.decode(text, type=_Parts)
    model = {name: msgspec.json.decode(raw) for name, raw in whole.items() if name not in _LEFT_OUT}
    model["operations"] = {
        name: _documented_less(msgspec.json.decode(raw)) for name, raw in large.operations.items() if name in operations
    }
    model["shapes"] = _reachable(large.shapes, model["operations"].values())
    return model


_LEFT_OUT = frozenset({"operations", "shapes", "documentation", "examples"})


def _text(path: Path) -> bytes | None:
    plain, packed = path.with_name("service-2.json"), path.with_name("service-2.json.gz")
    if plain.is_file():
        return plain.read_bytes()
    return gzip.decompress(packed.read_bytes()) if packed.is_file() else None


def _reachable(shapes: _Parts, operations: Iterable[dict[str, Any]]) -> dict[str, Any]:
    waiting = [reference["shape"] for operation in operations for reference in _ends(operation)]
    found: dict[str, Any] = {}
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = shape = _documented_less(msgspec.json.decode(shapes[name]))
            waiting += [reference["shape"] for reference in _references(shape)]
    return found


def _ends(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from operation.get("errors", ())
    yield from (operation[end] for end in ("input", "output") if end in operation)


def _references(shape: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from shape.get("members", {}).values()
    yield from (shape[name] for name in _REFERENCES if name in shape)


def _documented_less(part: dict[str, Any]) -> dict[str, Any]:
    for reference in (part, *_ends(part), *_references(part)):
        reference.pop("documentation", None)
    return part
