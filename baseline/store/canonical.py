"""One spelling for every document, so that equal documents have equal digests."""

import msgspec


def canonical_json(document: object) -> bytes:
    """JSON in UTF-8 with sorted keys. Lone surrogates, which UTF-8 cannot hold, become ``?``."""
    try:
        return msgspec.json.encode(document, order="sorted")
    except UnicodeEncodeError:
        return msgspec.json.encode(_encodable(document), order="sorted")


def storable_text(text: str) -> str:
    """Text that every database accepts: PostgreSQL refuses NUL, UTF-8 has no lone surrogates."""
    text = text if text.isascii() else _encodable_text(text)
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def _encodable(document: object) -> object:
    if isinstance(document, str):
        return _encodable_text(document)
    if isinstance(document, dict):
        return {_encodable_text(str(key)): _encodable(value) for key, value in document.items()}
    if isinstance(document, list | tuple):
        return [_encodable(item) for item in document]
    return document


def _encodable_text(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
