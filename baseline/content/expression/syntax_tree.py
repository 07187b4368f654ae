"""The checked syntax tree of an expression, and what can be learned from it: which facts it reads, and how.

CEL's compiler hands out its tree as a ``cel.expr.CheckedExpr`` protobuf message inside an ``Any``; the message types are declared here
with only the fields that are read (numbers from the public ``cel/expr/syntax.proto`` and ``checked.proto``).
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from google.protobuf import any_pb2, descriptor_pb2, descriptor_pool, message_factory

_FIELD = descriptor_pb2.FieldDescriptorProto
_LAYOUT: dict[str, tuple[tuple[str, int, str], ...]] = {
    "Constant": (
        ("null_value", 1, "int64"),
        ("bool_value", 2, "bool"),
        ("int64_value", 3, "int64"),
        ("string_value", 6, "string"),
    ),
    "Ident": (("name", 1, "string"),),
    "Select": (("operand", 1, "Expr"), ("field", 2, "string"), ("test_only", 3, "bool")),
    "Call": (("target", 1, "Expr"), ("function", 2, "string"), ("args", 3, "*Expr")),
    "CreateList": (("elements", 1, "*Expr"),),
    "Entry": (("map_key", 3, "Expr"), ("value", 4, "Expr")),
    "CreateStruct": (("message_name", 1, "string"), ("entries", 2, "*Entry")),
    "Comprehension": (
        ("iter_var", 1, "string"),
        ("iter_range", 2, "Expr"),
        ("accu_var", 3, "string"),
        ("accu_init", 4, "Expr"),
        ("loop_condition", 5, "Expr"),
        ("loop_step", 6, "Expr"),
        ("result", 7, "Expr"),
    ),
    "Expr": (
        ("const_expr", 3, "Constant"),
        ("ident_expr", 4, "Ident"),
        ("select_expr", 5, "Select"),
        ("call_expr", 6, "Call"),
        ("list_expr", 7, "CreateList"),
        ("struct_expr", 8, "CreateStruct"),
        ("comprehension_expr", 9, "Comprehension"),
    ),
    "CheckedExpr": (("expr", 4, "Expr"),),
}
_TYPES: dict[str, Any] = {"bool": _FIELD.TYPE_BOOL, "int64": _FIELD.TYPE_INT64, "string": _FIELD.TYPE_STRING}
_KINDS = tuple(name for name, _, _ in _LAYOUT["Expr"])

Path = tuple[str, ...]
"""A fact path: field names, ``*`` for any item of a list or mapping, ``[key]`` for a constant key."""


class Comparison(msgspec.Struct, frozen=True):
    """A fact compared with, or looked up among, constant words."""

    path: Path
    words: tuple[str, ...]


class Reads(msgspec.Struct, frozen=True):
    """What an expression does with the variables it is given.

    ``paths`` are the paths read, in order of appearance, each once. ``compared`` are those compared as a whole with ``==``,
    ``!=`` or ``in``; ``only_whether_null`` those that are compared with null, and read in no other way. ``functions`` are the
    names of all functions called.
    """

    paths: tuple[Path, ...]
    comparisons: tuple[Comparison, ...]
    compared: tuple[Path, ...]
    only_whether_null: frozenset[Path]
    functions: frozenset[str]
    tests_presence: bool
    comprehension_depth: int

    @property
    def longest(self) -> tuple[Path, ...]:
        """The paths without those that another goes on from: what is worth showing."""
        return tuple(path for path in self.paths if not any(_continues(other, path) for other in self.paths))


def _continues(longer: Path, shorter: Path) -> bool:
    return len(longer) > len(shorter) and longer[: len(shorter)] == shorter


@cache
def _checked_expression() -> Any:
    file = descriptor_pb2.FileDescriptorProto(name="tree.proto", package="tree", syntax="proto3")
    for name, fields in _LAYOUT.items():
        message = file.message_type.add(name=name)
        for field_name, number, type_name in fields:
            label = _FIELD.LABEL_REPEATED if type_name.startswith("*") else _FIELD.LABEL_OPTIONAL
            field = message.field.add(name=field_name, number=number, label=label)
            scalar = _TYPES.get(type_name)
            if scalar is not None:
                field.type = scalar
            else:
                field.type, field.type_name = _FIELD.TYPE_MESSAGE, f".tree.{type_name.lstrip('*')}"
        if name == "Constant":
            message.oneof_decl.add(name="kind")
            for field in message.field:
                field.oneof_index = 0
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(file.SerializeToString())
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("tree.CheckedExpr"))


def analyse(serialized: bytes) -> Reads:
    """What a compiled expression reads, from its serialised checked tree."""
    walker = _Walker()
    wrapped = any_pb2.Any.FromString(serialized)
    walker.visit(_checked_expression().FromString(wrapped.value).expr, {}, 0)
    return Reads(
        paths=tuple(dict.fromkeys(walker.paths)),
        comparisons=tuple(walker.comparisons),
        compared=tuple(walker.compared),
        only_whether_null=frozenset(
            path for path, times in walker.held_against_null.items() if walker.paths.count(path) == times
        ),
        functions=frozenset(walker.functions),
        tests_presence=walker.tests_presence,
        comprehension_depth=walker.comprehension_depth,
    )


class _Walker:
    def __init__(self) -> None:
        self.paths: list[Path] = []
        self.comparisons: list[Comparison] = []
        self.compared: list[Path] = []
        self.held_against_null: Counter[Path] = Counter()
        self.functions: set[str] = set()
        self.tests_presence = False
        self.comprehension_depth = 0

    def visit(self, node: Any, bound: dict[str, Path | None], depth: int) -> None:
        """Visit a node; ``bound`` maps comprehension variables to the path they run over (None: not a fact)."""
        path = self._path(node, bound)
        kind = _kind(node)
        if kind == "select_expr":
            self.tests_presence |= node.select_expr.test_only
        if kind == "call_expr":
            self.functions.add(node.call_expr.function)
            self._compare(node.call_expr, bound)
        if path is not None:
            self.paths.append(path)
            self._keys(node, bound, depth)
        elif kind == "comprehension_expr":
            self._comprehension(node.comprehension_expr, bound, depth)
        else:
            for child in _children(node, kind):
                self.visit(child, bound, depth)

    def _keys(self, node: Any, bound: dict[str, Path | None], depth: int) -> None:
        """Visit the computed keys inside a path, as in ``files[params.path].mode``."""
        kind = _kind(node)
        if kind == "select_expr":
            self._keys(node.select_expr.operand, bound, depth)
        elif kind == "call_expr":
            container, key = node.call_expr.args
            self._keys(container, bound, depth)
            if _kind(key) != "const_expr":
                self.visit(key, bound, depth)

    def _compare(self, call: Any, bound: dict[str, Path | None]) -> None:
        if call.function not in ("_==_", "_!=_", "@in") or len(call.args) != 2:
            return
        for fact, other in (tuple(call.args), tuple(reversed(call.args))):
            path, words = self._path(fact, bound), _words(other)
            if path is None:
                continue
            self.compared.append(path)
            self.held_against_null[path] += call.function != "@in" and _is_null(other)
            if words:
                self.comparisons.append(Comparison(path, words))

    def _comprehension(self, loop: Any, bound: dict[str, Path | None], depth: int) -> None:
        self.comprehension_depth = max(self.comprehension_depth, depth + 1)
        self.visit(loop.iter_range, bound, depth)
        range_path = self._path(loop.iter_range, bound)
        inner = {**bound, loop.iter_var: (*range_path, "*") if range_path else None, loop.accu_var: None}
        for child in (loop.accu_init, loop.loop_condition, loop.loop_step, loop.result):
            self.visit(child, inner, depth + 1)

    def _path(self, node: Any, bound: dict[str, Path | None]) -> Path | None:
        kind = _kind(node)
        if kind == "ident_expr":
            name = node.ident_expr.name
            return bound.get(name, (name,))
        if kind == "select_expr":
            operand = self._path(node.select_expr.operand, bound)
            return (*operand, node.select_expr.field) if operand else None
        if kind == "call_expr" and node.call_expr.function == "_[_]":
            container, key = node.call_expr.args
            operand = self._path(container, bound)
            words = _words(key) if _kind(key) == "const_expr" else ()
            if operand:
                return (*operand, f"[{words[0]}]" if words else "*")
        return None


def _kind(node: Any) -> str:
    return next((kind for kind in _KINDS if node.HasField(kind)), "")


def _is_null(node: Any) -> bool:
    return _kind(node) == "const_expr" and node.const_expr.WhichOneof("kind") == "null_value"


def _words(node: Any) -> tuple[str, ...]:
    kind = _kind(node)
    if kind == "const_expr" and node.const_expr.WhichOneof("kind") == "string_value":
        return (node.const_expr.string_value,)
    if kind == "list_expr":
        return tuple(word for element in node.list_expr.elements for word in _words(element))
    return ()


def _children(node: Any, kind: str) -> Iterator[Any]:
    if kind == "select_expr":
        yield node.select_expr.operand
    elif kind == "call_expr":
        if node.call_expr.HasField("target"):
            yield node.call_expr.target
        yield from node.call_expr.args
    elif kind == "list_expr":
        yield from node.list_expr.elements
    elif kind == "struct_expr":
        for entry in node.struct_expr.entries:
            yield entry.map_key
            yield entry.value
