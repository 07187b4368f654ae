"""What DNS says of domains that carry mail: SPF, DKIM and DMARC. Microsoft Graph does not tell any of them.

``serviceConfigurationRecords`` of Graph are the records that Microsoft asks for, not those that are there.
"""

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Literal

from baseline.collectors.cloud.microsoft365.answers import Answers, Ask
from baseline.collectors.cloud.microsoft365.domains import read_domains
from baseline.collectors.cloud.microsoft365.text_records import PORT, text_records
from baseline.models.facts.fact import Unknown
from baseline.models.facts.microsoft365.directory import MailDomain

NOT_SET = Unknown(
    "Microsoft Graph does not tell what is in DNS; name a resolver that may be asked in baseline_microsoft_resolver"
)
SELECTORS = ("selector1", "selector2")
"""Under which Exchange Online publishes keys (Microsoft, *Set up DKIM*)."""
MAXIMUM_DOMAINS = 500
MAXIMUM_LABELS = 8
QUESTIONS_AT_ONCE = 8
TIMEOUT_SECONDS = 5.0

Spf = Literal["fail", "softfail", "neutral", "pass", "redirect"]
Dmarc = Literal["none", "quarantine", "reject"]
_ALL: dict[str, Spf] = {"-all": "fail", "~all": "softfail", "?all": "neutral", "+all": "pass", "all": "pass"}
_POLICIES: dict[str, Dmarc] = {"none": "none", "quarantine": "quarantine", "reject": "reject"}
Records = Mapping[str, list[str] | Unknown]


async def look_up_mail(answers: Answers, _ask: Ask) -> None:
    """Ask the resolver for every record that the fact takes, if there is one to ask."""
    domains = _carrying(answers)
    if not answers.resolver or isinstance(domains, Unknown):
        return
    resolver = _address(answers.resolver)
    room = asyncio.Semaphore(QUESTIONS_AT_ONCE)

    async def look_up(name: str) -> None:
        async with room:
            answers.records[name] = await text_records(name, resolver, TIMEOUT_SECONDS)

    names = {name for domain in domains[:MAXIMUM_DOMAINS] for name in _names(domain)}
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(answers.seconds_for_records):
            await asyncio.gather(*map(look_up, sorted(names)))
    late = Unknown(f"the resolver {resolver[0]} did not answer in time")
    answers.records |= dict.fromkeys(names - answers.records.keys(), late)


def _address(text: str) -> tuple[str, int]:
    """Host and port; ``[::1]:5353`` and ``192.0.2.53`` alike."""
    host, mark, port = text.rpartition(":")
    if not mark or (host.count(":") and not host.endswith("]")):
        return text.strip("[]"), PORT
    return host.strip("[]"), int(port)


def read_mail_domains(answers: Answers) -> list[MailDomain] | Unknown:
    """The fact ``mail_domains``."""
    domains = _carrying(answers)
    if isinstance(domains, Unknown):
        return domains
    if not answers.resolver:
        return NOT_SET
    if len(domains) > MAXIMUM_DOMAINS:
        return Unknown(f"there are more than {MAXIMUM_DOMAINS} domains that carry mail")
    return [_mail_domain(domain, answers.records) for domain in domains]


def _carrying(answers: Answers) -> list[str] | Unknown:
    found = read_domains(answers)
    if isinstance(found, Unknown):
        return found
    unclear = next((domain.mail for domain in found if isinstance(domain.mail, Unknown)), None)
    return unclear or [str(domain.name) for domain in found if domain.mail]


def _names(domain: str) -> list[str]:
    return [domain, *_dmarc_names(domain), *(f"{selector}._domainkey.{domain}" for selector in SELECTORS)]


def _dmarc_names(domain: str) -> list[str]:
    """Its own place, then those of the domains above it, but for the last label."""
    labels = domain.split(".")[-MAXIMUM_LABELS:]
    return [f"_dmarc.{'.'.join(labels[start:])}" for start in range(max(len(labels) - 1, 1))]


def _mail_domain(domain: str, records: Records) -> MailDomain:
    tags, inherited = _dmarc_tags(domain, records)
    if isinstance(tags, Unknown):
        return MailDomain(
            name=domain, spf=_spf(domain, records), dkim=_dkim(domain, records), dmarc=tags,
            dmarc_percent=tags, dmarc_reports=tags,
        )  # fmt: skip
    word = tags.get("sp", tags.get("p", "")) if inherited else tags.get("p", "")
    policy = _POLICIES.get(word, Unknown(f"DMARC of {domain} asks {word[:40]!a}, which has no known meaning"))
    percent = tags.get("pct", "100")
    return MailDomain(
        name=domain,
        spf=_spf(domain, records),
        dkim=_dkim(domain, records),
        dmarc=policy if tags else None,
        dmarc_percent=int(percent) if percent.isascii() and percent.isdigit() else Unknown(f"pct is {percent[:20]!a}"),
        dmarc_reports=bool(tags.get("rua")),
    )


def _spf(domain: str, records: Records) -> Spf | Unknown | None:
    """By RFC 7208: more than one record is an error (4.5) and counts as none; without ``all`` it is neutral (4.7)."""
    texts = records[domain]
    if isinstance(texts, Unknown):
        return texts
    found = [text.lower().split() for text in texts if text.lower().split(" ")[0] == "v=spf1"]
    if len(found) != 1:
        return None
    decisive = next((_ALL[word] for word in found[0] if word in _ALL), None)
    redirected = any(word.startswith("redirect=") for word in found[0])
    return decisive or ("redirect" if redirected else "neutral")


def _dkim(domain: str, records: Records) -> bool | Unknown:
    """Whether one of the selectors holds a key; an empty one is withdrawn (RFC 6376, section 3.6.1)."""
    told = [records[f"{selector}._domainkey.{domain}"] for selector in SELECTORS]
    if any(_tags(text).get("p") for texts in told if isinstance(texts, list) for text in texts):
        return True
    return next((texts for texts in told if isinstance(texts, Unknown)), False)


def _dmarc_tags(domain: str, records: Records) -> tuple[dict[str, str] | Unknown, bool]:
    """The tags of the record that holds, and whether it is one of a domain above; none where there is no record.

    Of several records at one place none holds, nor one above them (RFC 7489, section 6.6.3).
    """
    for name in _dmarc_names(domain):
        texts = records[name]
        if isinstance(texts, Unknown):
            return texts, False
        found = [text for text in texts if text.replace(" ", "").lower().startswith("v=dmarc1")]
        if found:
            return _tags(found[0]) if len(found) == 1 else {}, name != f"_dmarc.{domain}"
    return {}, False


def _tags(text: str) -> dict[str, str]:
    """``v=DMARC1; p=reject`` as a mapping (RFC 6376, section 3.2)."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip().lower() for name, mark, value in pairs if mark}
