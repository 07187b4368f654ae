"""Fact models as protobuf message types: the form in which CEL's type checker takes them."""

from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, wrappers_pb2

from baseline.content.fact_schema import FactType, ListOf, MapOf, Scalar, SectionOf, section_fields, sections_used
from baseline.models.facts.fact import Section

PACKAGE = "facts"

_FIELD = descriptor_pb2.FieldDescriptorProto
_SCALARS: dict[type, Any] = {
    bool: _FIELD.TYPE_BOOL,
    int: _FIELD.TYPE_INT64,
    float: _FIELD.TYPE_DOUBLE,
    str: _FIELD.TYPE_STRING,
}
_WRAPPERS: dict[type, str] = {
    bool: ".google.protobuf.BoolValue",
    int: ".google.protobuf.Int64Value",
    float: ".google.protobuf.DoubleValue",
    str: ".google.protobuf.StringValue",
}


def message_name(model: type[Section]) -> str:
    """The full message name of a section."""
    return f"{PACKAGE}.{model.__name__}"


def descriptor_pool_of(root: type[Section]) -> descriptor_pool.DescriptorPool:
    """A descriptor pool that knows a fact model and every section in it.

    One pool per kind of target: sections of different kinds may bear the same name.
    """
    file = descriptor_pb2.FileDescriptorProto(name="facts.proto", package=PACKAGE, syntax="proto3")
    file.dependency.append(wrappers_pb2.DESCRIPTOR.name)
    for model in sections_used(root):
        _add_message(file, model)
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(wrappers_pb2.DESCRIPTOR.serialized_pb)
    pool.AddSerializedFile(file.SerializeToString())
    return pool


def _add_message(file: Any, model: type[Section]) -> None:
    message = file.message_type.add(name=model.__name__)
    for number, field in enumerate(section_fields(model).values(), start=1):
        _add_field(message, field.name, number, field.type, f".{PACKAGE}.{model.__name__}")


def _add_field(message: Any, name: str, number: int, fact_type: FactType, parent: str) -> None:
    field = message.field.add(name=name, number=number, label=_FIELD.LABEL_OPTIONAL)
    if isinstance(fact_type, ListOf):
        field.label = _FIELD.LABEL_REPEATED
        _set_type(field, fact_type.item)
    elif isinstance(fact_type, MapOf):
        entry_name = "".join(part.capitalize() for part in name.split("_")) + "Entry"
        entry = message.nested_type.add(name=entry_name)
        entry.options.map_entry = True
        entry.field.add(name="key", number=1, type=_FIELD.TYPE_STRING, label=_FIELD.LABEL_OPTIONAL)
        _set_type(entry.field.add(name="value", number=2, label=_FIELD.LABEL_OPTIONAL), fact_type.value)
        field.label, field.type, field.type_name = _FIELD.LABEL_REPEATED, _FIELD.TYPE_MESSAGE, f"{parent}.{entry_name}"
    else:
        _set_type(field, fact_type)


def _set_type(field: Any, fact_type: FactType) -> None:
    if isinstance(fact_type, SectionOf):
        field.type, field.type_name = _FIELD.TYPE_MESSAGE, "." + message_name(fact_type.model)
    elif isinstance(fact_type, Scalar) and fact_type.optional:
        field.type, field.type_name = _FIELD.TYPE_MESSAGE, _WRAPPERS[fact_type.python]
    elif isinstance(fact_type, Scalar):
        field.type = _SCALARS[fact_type.python]
    else:
        raise TypeError("facts cannot hold lists of lists or mappings of mappings")
