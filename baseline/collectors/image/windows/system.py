"""Which Windows is in the image."""

from baseline.collectors.image.reader.file_tree import ImageError
from baseline.collectors.image.windows.reading import unknown
from baseline.collectors.image.windows.registry import Registry
from baseline.models.facts.fact import Unknown
from baseline.models.facts.workplace_system import WorkplaceSystem

VERSION = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion"
STATE = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State"
_GENERALISED = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE"
_FIRST_WINDOWS_11 = 22000


def read_system(registry: Registry) -> WorkplaceSystem:
    """Edition and version."""
    build = _number(registry, "CurrentBuildNumber")
    return WorkplaceSystem(
        product=_product(registry, build),
        edition=_text(registry, "EditionID"),
        version=_version(registry),
        build=build,
        revision=_number(registry, "UBR"),
        generalised=_generalised(registry),
    )


def _product(registry: Registry, build: int | Unknown) -> str | Unknown:
    """The product name; Windows 11 still calls itself 10 there."""
    name = _text(registry, "ProductName")
    if isinstance(name, str) and isinstance(build, int) and build >= _FIRST_WINDOWS_11:
        return name.replace("Windows 10", "Windows 11")
    return name


def _version(registry: Registry) -> str | Unknown | None:
    try:
        value = registry.value(VERSION, "DisplayVersion") or registry.value(VERSION, "ReleaseId")
    except ImageError as error:
        return unknown(error)
    return str(value.data) if value else None


def _generalised(registry: Registry) -> bool | Unknown:
    try:
        value = registry.value(STATE, "ImageState")
    except ImageError as error:
        return unknown(error)
    return value.data == _GENERALISED if value else Unknown("Windows does not tell in which state the image is")


def _text(registry: Registry, name: str) -> str | Unknown:
    try:
        value = registry.value(VERSION, name)
    except ImageError as error:
        return unknown(error)
    return str(value.data) if value else Unknown(f"{name} does not stand in the registry")


def _number(registry: Registry, name: str) -> int | Unknown:
    text = _text(registry, name)
    if isinstance(text, Unknown):
        return text
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else Unknown(f"{name} is not a number")
