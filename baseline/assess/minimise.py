"""Tells results and facts without names of people; whatever leaves the store for others goes through here."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import msgspec

from baseline.content.name_shield import NameShield
from baseline.content.person_names import LISTS_OF_PEOPLE, is_person, person_names, system_names
from baseline.content.pseudonyms import Pseudonyms
from baseline.models.check import Check
from baseline.models.errors import StoreError
from baseline.models.result import Result
from baseline.store.store import Store
from baseline.store.subjects import read_subjects


class Minimiser:
    """Replaces names of people by pseudonyms, target by target.

    ``pseudonyms`` None leaves every name as it is. Names are those in the facts of a target as they stood at ``moment``
    (None: now). Checks compare the real names, in the store, before any of this.
    """

    def __init__(self, store: Store, pseudonyms: Pseudonyms | None, moment: datetime | None = None) -> None:
        self._store, self._pseudonyms, self._moment = store, pseudonyms, moment
        self._shields: dict[str, NameShield] = {}

    def result(self, result: Result, check: Check | None = None) -> Result:
        """The result with pseudonyms in its subject, what was observed, its condition, and its reason.

        With its ``check``, a subject out of a list of people is a pseudonym also where the facts are gone.
        """
        if self._pseudonyms is None:
            return result
        shield = self._shield(result.target, self._pseudonyms)
        if check is not None and check.each in LISTS_OF_PEOPLE and is_person(result.subject):
            shield = shield.also(result.subject)
        return msgspec.structs.replace(
            result,
            subject=shield.name(result.subject),
            observed={path: shield.value(value) for path, value in result.observed.items()},
            expected=shield.text(result.expected),
            reason=shield.text(result.reason),
        )

    def document(self, target: str, document: dict[str, Any]) -> dict[str, Any]:
        """A facts document of a target with pseudonyms."""
        if self._pseudonyms is None:
            return document
        shield = NameShield(self._pseudonyms, {*self._names(target), *person_names(document)})
        return {key: shield.value(value) for key, value in document.items()}

    def people(self, checks: Iterable[Check]) -> NameShield:
        """Replaces every name of a person that a result of these checks was ever about, of any target.

        Only for texts that mix targets, such as the tables of a report: an account name can also be an ordinary word.
        """
        if self._pseudonyms is None:
            return NameShield(Pseudonyms(b""), ())
        lists = {check.id for check in checks if check.each in LISTS_OF_PEOPLE}
        with self._store.evidence.reading() as connection:
            subjects = read_subjects(connection, lists)
        names = {
            name
            for target, found in subjects.items()
            for name in found
            if is_person(name) and name not in system_names(self._document(target))
        }
        return NameShield(self._pseudonyms, names)

    def text(self, target: str, text: str) -> str:
        """A text about a target, such as a line of its configuration, with pseudonyms."""
        return text if self._pseudonyms is None else self._shield(target, self._pseudonyms).text(text)

    def _shield(self, target: str, pseudonyms: Pseudonyms) -> NameShield:
        """Made once per target, which is what takes time."""
        if target not in self._shields:
            self._shields[target] = NameShield(pseudonyms, self._names(target))
        return self._shields[target]

    def _names(self, target: str) -> Collection[str]:
        return person_names(self._document(target))

    def _document(self, target: str) -> dict[str, Any]:
        """The facts of then; where those were destroyed, the latest; empty where there are none."""
        for moment in dict.fromkeys((self._moment, None)):
            try:
                stored = self._store.facts(target, before=moment)
            except StoreError:
                continue
            return stored.document if stored else {}
        return {}
