"""Configurations that a run collected and that the store kept, redacted."""

from datetime import datetime

import msgspec

from baseline.collectors.network.platforms import PLATFORM_NAMES, Platform
from baseline.collectors.network.platforms import platform as named_platform
from baseline.content.nearest import did_you_mean
from baseline.models.errors import BaselineError
from baseline.models.target import Target
from baseline.store.store import Store


class NotComparableError(BaselineError):
    """A target of which there is no whole configuration. What cannot be compared never counts as unchanged."""


class StoredConfiguration(msgspec.Struct, frozen=True, kw_only=True):
    """The configuration of one target as a run found it. ``digest`` is that of the artefact."""

    target: str
    platform: str
    run: int
    collected_at: datetime
    command: str
    digest: str
    text: str


def require_network_target(store: Store, name: str) -> tuple[Target, Platform]:
    """A target of the store, and its platform.

    Raises:
        NotComparableError: the store does not know it, or it is no network device.
    """
    targets = store.targets()
    if name not in targets:
        raise NotComparableError(f"the store knows no target '{name}'; {did_you_mean(name, targets)}")
    target = targets[name]
    if target.platform not in PLATFORM_NAMES:
        raise NotComparableError(f"{name} has platform {target.platform}, whose configuration is not one text")
    return target, named_platform(target.platform)


def stored_configuration(store: Store, name: str, run: int | None = None) -> StoredConfiguration:
    """The configuration of a target in a run, or the latest.

    Raises:
        NotComparableError: there is none, or it is not whole.
    """
    target, platform = require_network_target(store, name)
    facts = store.facts(name, run)
    if facts is None:
        raise NotComparableError(
            f"{name} was not reached" + (f" in run {run}" if run else "; run baseline check first")
        )
    command = platform.configuration_command
    digest = facts.artefacts.get(command)
    if digest is None:
        raise NotComparableError(
            f"`{command}` of {name} was not asked in run {facts.run}: no check of that run needed it"
        )
    text = store.artefact(digest).decode("utf-8", "replace")
    reason = platform.cut_off(command, text)
    if reason is not None:
        raise NotComparableError(f"{name} in run {facts.run}: {reason}")
    return StoredConfiguration(
        target=name,
        platform=target.platform,
        run=facts.run,
        collected_at=facts.collected_at,
        command=command,
        digest=digest,
        text=text,
    )
