"""Section trees of hier_config and ciscoconfparse2, each in an environment of its own."""

import logging

from bench.contender import Work
from bench.parsing.texts import read_texts

PEERS = {"hier_config": "hier-config>=3", "ciscoconfparse2": "ciscoconfparse2"}
"""Function in this module -> the package that pip installs for it. The second wants an old release of the first."""

BENCH = ("msgspec",)
"""What the bench itself needs beside it."""


def hier_config(folder: str) -> Work:
    """A tree of the whole configuration."""
    from hier_config import Platform, get_hconfig

    texts = read_texts(folder)
    return lambda: {"lines": sum(len(list(get_hconfig(Platform.CISCO_IOS, text).all_children())) for text in texts)}


def ciscoconfparse2(folder: str) -> Work:
    """The same."""
    from ciscoconfparse2 import CiscoConfParse

    try:
        from loguru import logger

        logger.remove()
    except ImportError:
        logging.disable(logging.CRITICAL)
    texts = read_texts(folder)
    return lambda: {"lines": sum(len(CiscoConfParse(text.splitlines(), syntax="ios").objs) for text in texts)}
