"""System-wide cryptographic settings."""

import re
from collections.abc import Mapping

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.collectors.host.values import integer, unreadable, yes_no
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_system import Cryptography

SECURITY_LEVEL = re.compile(r"@SECLEVEL=([0-5])")
PROTOCOLS = ("None", "SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3")
"""Values of MinProtocol, the oldest first (SSL_CONF_cmd(3))."""
POLICY = "/etc/crypto-policies/"


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``cryptography``."""
    answer = answers["cryptography"]
    cryptography = Cryptography(
        policy=_policy(answer),
        fips_enabled=_fips(answer),
        openssl_version=_openssl_version(answer),
        openssl_minimum_protocol=_weakest(_openssl(answer, "MinProtocol")),
        openssl_security_level=_security_level(answer),
    )
    return Reading(HostFacts(cryptography=cryptography), {"cryptography": answer.source()})


def _policy(answer: Answer) -> Fact[str | None]:
    text = answer.file(f"{POLICY}state/current") or answer.file(f"{POLICY}config")
    words = [line.strip() for line in (text or "").split("\n") if line.strip() and not line.startswith("#")]
    if words:
        return words[0]
    if refused := answer.unreadable(POLICY):
        return refused
    return None if answer.named("absent", POLICY) else unreadable(None, "system policy")


def _fips(answer: Answer) -> Fact[bool]:
    path = "/proc/sys/crypto/fips_enabled"
    if answer.named("absent", path):
        return False
    return yes_no((answer.file(path) or "").strip() or None, "state of FIPS mode")


def _openssl_version(answer: Answer) -> Fact[str | None]:
    if answer.missing("openssl"):
        return None
    words = next((line.text.split() for line in answer.output("openssl version")), [])
    return (
        words[1]
        if len(words) > 1 and words[0] == "OpenSSL"
        else unreadable(" ".join(words) or None, "version of openssl")
    )


def _weakest(protocols: Fact[list[str]]) -> Fact[str | None]:
    """Of several lines the oldest protocol: openssl.cnf may set another after it includes the file of crypto-policies."""
    if isinstance(protocols, Unknown):
        return protocols
    return min(protocols, key=lambda word: PROTOCOLS.index(word) if word in PROTOCOLS else -1, default=None)


def _openssl(answer: Answer, key: str) -> Fact[list[str]]:
    """What the lines say that set a key; crypto-policies writes it as ``TLS.MinProtocol``."""
    if refused := answer.unreadable("/etc/"):
        return refused
    if not answer.files_read():
        return Unknown("no openssl.cnf could be read")
    pairs = (setting.text.split("#")[0].partition("=") for setting in answer.settings())
    return [value.strip() for name, equals, value in pairs if equals and name.strip() in {key, f"TLS.{key}"}]


def _security_level(answer: Answer) -> Fact[int | None]:
    ciphers = _openssl(answer, "CipherString")
    if isinstance(ciphers, Unknown):
        return ciphers
    if not ciphers:
        return None
    match = SECURITY_LEVEL.search(ciphers[-1])
    return integer(match[1]) if match else None


SECTION = ScriptSection(name="cryptography", artefact="cryptography", supplies=("cryptography",), parse=parse)
