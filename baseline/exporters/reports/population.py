"""The population of a report, and how to read its outcomes."""

from baseline.exporters.reports.document import Block, Cell, Column, Heading, Items, Mark, Pairs, Table
from baseline.exporters.reports.material import Material


def population_blocks(material: Material) -> list[Block]:
    """The whole population: in scope, measured, not reached, excluded and why (so that a sample can be drawn)."""
    say, assessments = material.say, material.series.assessments
    reached = {each.target for each in assessments if each.reached}
    asked = {each.target for each in assessments}
    excluded = {each.target: each.reason for each in material.population if each.outcome == "excluded"}
    rows: list[tuple[Cell, ...]] = []
    for name in sorted(material.targets.keys() - reached):
        why = excluded.get(name) or (
            say("gaf in de hele periode geen antwoord", "gave no answer in the whole period")
            if name in asked
            else say("is in de periode niet gevraagd", "was not asked in the period")
        )
        mark = (
            Mark(say("uitgezonderd", "excluded"), "quiet")
            if name in excluded
            else Mark(say("niet gemeten", "not measured"), "bad")
        )
        rows.append((name, material.targets[name].owner or "-", mark, why))
    counts = Pairs(
        (
            (say("In het toepassingsgebied", "In scope"), str(len(material.targets))),
            (say("Gemeten", "Measured"), str(len(reached & material.targets.keys()))),
            (say("Niet gemeten", "Not measured"), str(len(material.targets.keys() - reached - excluded.keys()))),
            (say("Uitgezonderd, met reden", "Excluded, with reason"), str(len(excluded.keys() - reached))),
        )
    )
    columns = (
        Column(say("Object", "Target"), 2),
        Column(say("Eigenaar", "Owner"), 1.2),
        Column(say("Uitkomst", "Outcome"), 1.2),
        Column(say("Reden", "Reason"), 2.6),
    )
    table = Table(
        "population",
        say("Niet gemeten of uitgezonderd", "Not measured or excluded"),
        columns,
        tuple(rows),
        say("Elk object is gemeten.", "Every target was measured."),
    )
    return [Heading(1, say("Populatie", "Population")), counts, table]


def _operation_items(material: Material) -> tuple[str, ...]:
    """How to read what is said of operation."""
    say, days = material.say, material.decisions.settings.longest_silence_days
    return (
        say(
            f"Werking is niet vast te stellen met minder dan twee metingen, of als over een object meer dan {days} dagen achtereen niets is vastgesteld.",
            f"Operation is not established with fewer than two runs, or where nothing was established of a target for more than {days} days on end.",
        ),
        say(
            "'Hersteld' betekent dat een afwijking in de periode is gevonden en daarna aantoonbaar is opgelost. 'Niet voorgekomen' betekent dat waarover de maatregel gaat zich niet heeft voorgedaan.",
            "'Repaired' means that a deviation was found in the period and was seen to be solved. 'Not occurred' means that what the control is about did not happen.",
        ),
        say(
            "Wat niet te lezen was, niet is gemeten of waarvan de verklaring is verlopen, telt nooit als voldaan. Alle tijden zijn in UTC.",
            "What could not be read, was not measured, or whose statement has expired never counts as met. All times are in UTC.",
        ),
    )


def method_blocks(material: Material) -> list[Block]:
    """How to read the outcomes."""
    say = material.say
    items = (
        say(
            "Opzet: de maatregel is vastgelegd, als controle voor elk domein waar een machine kan kijken, en in een verklaring waar een mens nodig is.",
            "Design: the control is laid down, as checks for every domain where a machine can look, and in a statement where a person is needed.",
        ),
        say(
            "Bestaan: de maatregel was aan het eind van de periode ingericht. Werking: hij was dat de hele periode; een reeks metingen, niet één stand.",
            "Existence: the control was in place at the end of the period. Operation: it was so throughout; a series of measurements, not one state.",
        ),
        *_operation_items(material),
    )
    return [Heading(1, say("Hoe dit te lezen", "How to read this")), Items(items)]
