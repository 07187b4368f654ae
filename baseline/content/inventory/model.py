"""What a loaded inventory is."""

from pathlib import Path

import msgspec

from baseline.content.inventory.protocol import Place
from baseline.models.errors import ContentError, Problem
from baseline.models.register import Register
from baseline.models.target import Target


class InventorySource(msgspec.Struct, frozen=True, kw_only=True):
    """How an inventory was read, so that it can be asked again for a secret.

    ``interpreter`` is the Python that has Ansible, with its options. ``vault_ids`` are ``LABEL@FILE``. ``testbeds`` are
    those of the ``paths`` that are pyATS testbeds, which Ansible is not given.
    """

    paths: tuple[str, ...] = ()
    vault_password_files: tuple[str, ...] = ()
    vault_ids: tuple[str, ...] = ()
    interpreter: tuple[str, ...] = ()
    testbeds: tuple[str, ...] = ()


class Inventory(msgspec.Struct, frozen=True, kw_only=True):
    """Targets, and what is wrong with their description.

    A host with an ``error`` among its problems is not among the targets. ``groups`` maps each group to its hosts, hosts
    of child groups included. ``places`` says where each host's address, or else the host, is written. ``known_hosts`` is
    the file that ``baseline_known_hosts`` names, or None. ``register`` is what clouds are held against: every host, those
    with an error included.
    """

    targets: tuple[Target, ...]
    problems: tuple[Problem, ...] = ()
    groups: dict[str, tuple[str, ...]] = {}
    known_hosts: Path | None = None
    places: dict[str, Place] = {}
    source: InventorySource = InventorySource()
    register: Register = Register()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that must be solved before a run."""
        return tuple(problem for problem in self.problems if problem.level == "error")


def refuse_errors(inventory: Inventory) -> None:
    """Refuse an inventory in which anything is an error: a run over the rest would look whole.

    Raises:
        ContentError: with every error.
    """
    if inventory.errors:
        raise ContentError(list(inventory.errors))
