"""The words of a hand-over report in Dutch and English."""

from typing import Literal

Language = Literal["nl", "en"]

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("Overdrachtsrapport uitrol", "Rollout hand-over report"),
    "all_ready": (
        "Alle {count} apparaten mogen worden overgedragen.",
        "All {count} devices may be handed over.",
    ),
    "some_ready": (
        "{ready} van {count} apparaten mogen worden overgedragen; {left} nog niet.",
        "{ready} of {count} devices may be handed over; {left} may not yet.",
    ),
    "none": ("Er zijn geen apparaten beoordeeld.", "No device was assessed."),
    "batch": ("Partij", "Batch"),
    "made_at": ("Opgesteld op", "Made at"),
    "made_by": ("Opgesteld door", "Made by"),
    "run": ("Meting", "Run"),
    "run_text": ("nummer {run}, begonnen op {started}, vanaf {host}", "number {run}, begun {started}, from {host}"),
    "tool": ("Gereedschap", "Tool"),
    "software": ("Software", "Software"),
    "software_wanted": ("Gewenste software", "Wanted software"),
    "template": ("Sjabloon", "Template"),
    "checks": ("Controles", "Checks"),
    "not_asked": ("niet gevraagd", "not asked"),
    "overview": ("Overzicht", "Overview"),
    "device": ("Apparaat", "Device"),
    "site": ("Locatie", "Site"),
    "model": ("Model", "Model"),
    "reachable": ("Bereikbaar", "Reachable"),
    "baseline": ("Baseline", "Baseline"),
    "peers": ("Gelijken", "Peers"),
    "hand_over": ("Overdragen", "Hand over"),
    "yes": ("ja", "yes"),
    "no": ("nee", "no"),
    "unknown": ("onbekend", "unknown"),
    "not asked": ("-", "-"),
    "met": ("voldoet", "met"),
    "open_count": ("{count} open", "{count} open"),
    "alike": ("gelijk", "alike"),
    "differs": ("{count} anders", "{count} different"),
    "odd_count": ("{count} afwijkend", "{count} odd"),
    "too_few": ("te weinig", "too few"),
    "population": ("Populatie", "Population"),
    "in_batch": ("Apparaten in de partij", "Devices in the batch"),
    "reached": ("Bereikt", "Reached"),
    "not_reached": ("Niet bereikt", "Not reached"),
    "left_out": ("Niet beoordeeld", "Not assessed"),
    "reason": ("Reden", "Reason"),
    "open_points": ("Open punten", "Open points"),
    "no_open_points": ("Er zijn geen open punten.", "There are no open points."),
    "severity": ("Ernst", "Severity"),
    "what": ("Wat", "What"),
    "observed": ("Gevonden", "Found"),
    "fix": ("Oplossing", "Fix"),
    "not_known": ("niet vast te stellen", "could not be established"),
    "waived": ("geaccepteerde afwijking {waiver}", "accepted deviation {waiver}"),
    "software_open": (
        "Software: {version}; gewenst is {wanted}.",
        "Software: {version}; wanted is {wanted}.",
    ),
    "software_unknown": ("de versie is niet bekend", "the version is not known"),
    "template_open": (
        "Verschillen met het sjabloon (- ontbreekt, + staat er niet in):",
        "Differences with the template (- missing, + not in it):",
    ),
    "template_unknown": ("Vergelijken met het sjabloon kon niet: {reason}", "Not compared with the template: {reason}"),
    "peers_open": (
        "Wijkt af van de andere apparaten van dit platform en deze rol:",
        "Odd among the devices of this platform and role:",
    ),
    "peers_unknown": ("Vergelijken met gelijken kon niet: {reason}", "Not compared with peers: {reason}"),
    "peers_allowed": (
        "Deze afwijkingen houden de overdracht niet tegen: zo is bij het opstellen gekozen.",
        "These do not hold up the hand-over: that was chosen when the report was made.",
    ),
    "agree": ("{agreeing} van {peers} gelijken", "{agreeing} of {peers} peers"),
    "oddity": ("Afwijking", "Oddity"),
    "where": ("Waar", "Where"),
    "kind": ("Soort", "Kind"),
    "ports": ("poorten", "ports"),
    "facts": ("gemeten feit", "measured fact"),
    "who_else": ("Anders dan", "Unlike"),
    "lacks": ("ontbreekt hier", "is missing here"),
    "has": ("staat alleen hier", "is only here"),
    "order": ("staat hier in een andere volgorde", "is in another order here"),
    "port": ("poort zoals gelijken die niet hebben", "port such as peers have not"),
    "fact": ("andere waarde", "another value"),
    "whole": ("hele configuratie", "whole configuration"),
    "usual": ("gebruikelijk: {value}", "usual: {value}"),
    "below": (" (met {count} regels eronder)", " (with {count} lines below)"),
    "more": ("... en nog {count}", "... and {count} more"),
    "how": ("Hoe dit is vastgesteld", "How this was established"),
    "how_read_only": (
        "Alleen lezen: er zijn uitsluitend opdrachten gebruikt die niets veranderen, of eerder opgeslagen antwoorden.",
        "Read-only: only commands that change nothing were used, or answers that were saved before.",
    ),
    "how_unknown": (
        "Wat niet te lezen was heet onbekend en telt nooit als voldaan.",
        "What could not be read is unknown and never counts as met.",
    ),
    "how_peers": (
        (
            "Gelijken zijn apparaten van hetzelfde platform en dezelfde rol; afwijkend is wat ten minste {share} % van hen anders "
            "heeft. Namen, adressen en dergelijke tellen niet mee. Met minder dan {least} gelijken wordt niet vergeleken."
        ),
        (
            "Peers are devices of the same platform and role; odd is what at least {share} % of them have otherwise. Names, "
            "addresses and the like do not count. With fewer than {least} peers nothing is compared."
        ),
    ),
    "how_measured": (
        "Gemeten tussen {first} en {last}. De antwoorden zelf, zonder geheimen, staan bij meting {run}.",
        "Measured between {first} and {last}. The answers themselves, without secrets, are kept with run {run}.",
    ),
    "signatures": ("Ondertekening", "Signatures"),
    "handed_over_by": ("Overgedragen door", "Handed over by"),
    "accepted_by": ("Aanvaard door", "Accepted by"),
    "name_date": ("Naam, datum, handtekening", "Name, date, signature"),
    "low": ("laag", "low"),
    "medium": ("midden", "medium"),
    "high": ("hoog", "high"),
    "critical": ("kritiek", "critical"),
}


class Words:
    """Words in one language, with values filled in."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._index = 0 if language == "nl" else 1

    def __call__(self, key: str, **values: object) -> str:
        """The text for a key."""
        return _WORDS[key][self._index].format(**values)
