"""How many packages are installed."""

from collections.abc import Mapping

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.collectors.host.values import integer
from baseline.models.facts.fact import Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_protection import Packages


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``packages.installed_count``. None at all means that the database did not answer."""
    answer = answers["package_count"]
    said = next((line.text for line in answer.output("")), None)
    count = integer(said, "count of packages") if said else Unknown("neither dpkg-query nor rpm gave an answer")
    facts = HostFacts(
        packages=Packages(installed_count=count or Unknown("the package database is empty or unreadable"))
    )
    return Reading(facts, {"packages.installed_count": answer.source()})


SECTION = ScriptSection(
    name="package_count", artefact="package count", supplies=("packages.installed_count",), parse=parse
)
