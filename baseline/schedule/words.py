"""The words of messages, in Dutch and English."""

from baseline.models.schedule import Language

WORDS: dict[Language, dict[str, str]] = {
    "nl": {
        "drift_new": "Afwijking van de goedgekeurde toestand op {targets}",
        "drift_resolved": "Hersteld: afwijking op {targets}",
        "job_failed": "Taak {job} is mislukt",
        "job_recovered": "Taak {job} loopt weer",
        "digest": "{summary}",
        "since": "sinds {moment}",
        "one_target": "{name}",
        "targets": "{number} objecten",
        "sites": "locatie: {names}",
        "owners": "eigenaar: {names}",
        "approve": "Bedoeld? baseline drift approve --cause {id} --ticket WIJZIGING",
        "assessed": "Beoordeeld: {reached} van {all} objecten",
        "never": "Nog nooit bereikt: {names}",
        "results": "Voldoet niet: {fail}; niet te beoordelen: {error}; geaccepteerd: {waived}; voldoet: {passed}",
        "worse": "Voldoet niet meer sinds {moment}",
        "better": "Hersteld sinds {moment}",
        "drift_standing": "Afwijkingen van de goedgekeurde toestand",
        "overdue": "langer dan {days} dagen zonder goedkeuring",
        "jobs": "Taken die niet goed liepen",
        "missed": "niet uitgevoerd",
        "failed": "mislukt",
        "lost": "afgebroken",
        "nothing": "Er is niets veranderd.",
        "more": "... en nog {number}",
        "calm": "Niets nieuws",
        "news": "nieuwe tekortkomingen: {worse}, afwijkingen: {drift}",
        "no_owner": "zonder eigenaar",
    },
    "en": {
        "drift_new": "Drift from the approved state on {targets}",
        "drift_resolved": "Resolved: drift on {targets}",
        "job_failed": "Job {job} failed",
        "job_recovered": "Job {job} runs again",
        "digest": "{summary}",
        "since": "since {moment}",
        "one_target": "{name}",
        "targets": "{number} targets",
        "sites": "site: {names}",
        "owners": "owner: {names}",
        "approve": "Meant? baseline drift approve --cause {id} --ticket CHANGE",
        "assessed": "Assessed: {reached} of {all} targets",
        "never": "Never reached: {names}",
        "results": "Not met: {fail}; could not be checked: {error}; waived: {waived}; met: {passed}",
        "worse": "Not met any more since {moment}",
        "better": "Met again since {moment}",
        "drift_standing": "Drift from the approved state",
        "overdue": "longer than {days} days without approval",
        "jobs": "Jobs that did not go well",
        "missed": "did not run",
        "failed": "failed",
        "lost": "cut off",
        "nothing": "Nothing changed.",
        "more": "... and {number} more",
        "calm": "Nothing new",
        "news": "new shortcomings: {worse}, drift: {drift}",
        "no_owner": "without an owner",
    },
}


def say(language: Language, word: str, **values: object) -> str:
    """A sentence in a language, filled in."""
    return WORDS[language][word].format(**values)
