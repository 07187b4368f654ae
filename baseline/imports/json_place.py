"""Finds where in a JSON file a reader stopped, by reading it again."""

from collections.abc import Callable, Iterator

import ijson

from baseline.imports.json_reader import Readable


def place_of(again: Callable[[], Readable], events: int) -> tuple[int, int]:
    """Line and column (1-based) at which the event of this number ends, or at which the text is not JSON any more.

    ``again`` opens the same bytes from their start. They are read twice: to find the block, and then the byte.
    """
    block = _progress(_blocks(again()), events)
    return _line_and_column(again, _progress(_bytes_of(again(), block), events), block)


def _progress(pieces: Iterator[bytes], wanted: int) -> int:
    """The number of the piece (0-based) that ends the wanted event, or is refused; all of them when none is."""
    found = ijson.sendable_list()
    parser = ijson.basic_parse_coro(found, multiple_values=True)
    seen = number = 0
    for number, piece in enumerate(pieces):
        try:
            parser.send(piece)
        except (ijson.JSONError, ValueError, ArithmeticError, UnicodeError):
            return number
        seen += len(found)
        del found[:]
        if seen >= wanted:
            return number
    return number + 1


def _blocks(stream: Readable) -> Iterator[bytes]:
    while block := stream.read():
        yield block


def _bytes_of(stream: Readable, block: int) -> Iterator[bytes]:
    """Whole blocks until the one meant, and then that one byte by byte."""
    for number, piece in enumerate(_blocks(stream)):
        if number > block:
            return
        if number < block:
            yield piece
        else:
            yield from (piece[at : at + 1] for at in range(len(piece)))


def _line_and_column(again: Callable[[], Readable], piece: int, block: int) -> tuple[int, int]:
    line, column = 1, 0
    for number, part in enumerate(_bytes_of(again(), block)):
        if number > piece:
            break
        lines = part.count(b"\n")
        line += lines
        column = len(part) - 1 - part.rfind(b"\n") if lines else column + len(part)
    return line, max(column, 1)
