"""Facts of the account itself: one call, a few fields of one section."""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from baseline.collectors.cloud.aws.asking import Asker
from baseline.collectors.cloud.aws.call import Call
from baseline.collectors.cloud.aws.failures import MISREAD, misread
from baseline.collectors.interface import wanted
from baseline.models.facts.fact import Unknown


class Single(msgspec.Struct, frozen=True, kw_only=True):
    """Fields of one section of the facts. ``parameters`` get the number of the account; ``read`` too."""

    section: str
    call: Call
    fills: tuple[str, ...]
    read: Callable[[dict[str, Any], str], dict[str, Any]]
    parameters: Callable[[str], dict[str, Any]] | None = None

    def supplies(self) -> Iterable[tuple[Call, tuple[str, ...]]]:
        """The call, with the fact paths that it fills."""
        yield self.call, self._paths()

    def calls(self, needs: frozenset[str]) -> list[Call]:
        """The calls that these needs take."""
        return [self.call] if wanted(self._paths(), needs) else []

    async def collect(self, asker: Asker, needs: frozenset[str]) -> dict[str, Any]:
        """The facts, by path; nothing where they are not needed."""
        if not wanted(self._paths(), needs):
            return {}
        parameters = self.parameters(asker.account) if self.parameters else {}
        answer = await asker.ask(self.call, **parameters)
        line = asker.line(self.call, "", parameters, answer)
        for path in self._paths():
            asker.recorder.tell(path, line)
        return {f"{self.section}.{field}": value for field, value in self._fields(asker, answer).items()}

    def _fields(self, asker: Asker, answer: dict[str, Any] | Unknown) -> dict[str, Any]:
        if isinstance(answer, Unknown):
            return dict.fromkeys(self.fills, answer)
        try:
            return self.read(answer, asker.account)
        except MISREAD as error:
            return dict.fromkeys(self.fills, misread(self.call, "", error))

    def _paths(self) -> tuple[str, ...]:
        return tuple(f"{self.section}.{field}" for field in self.fills)
