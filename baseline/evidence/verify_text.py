"""``VERIFY.txt``: how to verify a bundle with ``sha256sum`` and ``openssl`` alone, in Dutch and English."""

from baseline.evidence.mdto import People

DUTCH = """CONTROLEREN
===========
Deze map is bewijs van {program}. U hoeft ons niet te vertrouwen: controleer het zelf, zonder netwerk.
{people}

1. Zijn alle bestanden heel, en is er niets bij of weg?

    sha256sum --check --strict --quiet SHA256SUMS
    find . -type f ! -path './SHA256SUMS*' ! -path './SIGNATURES*' -printf '%P\\n' | LC_ALL=C sort | cmp - <(cut -c67- SHA256SUMS)

{steps}
{last}. Verder: python3 verifier.py . --key SLEUTEL.pem
   Dat toont ook aan dat elk resultaat, elk doel en elke meting in het logboek staat waaraan niets is veranderd.
   verifier.py is een bestand dat alleen Python en openssl nodig heeft. Lees het, of neem het uit uw eigen bron.
"""

ENGLISH = """VERIFYING
=========
This folder is evidence of {program}. You need not trust us: verify it yourself, without a network.
{people}

1. Are all files whole, and is none added or missing?

    sha256sum --check --strict --quiet SHA256SUMS
    find . -type f ! -path './SHA256SUMS*' ! -path './SIGNATURES*' -printf '%P\\n' | LC_ALL=C sort | cmp - <(cut -c67- SHA256SUMS)

{steps}
{last}. Further: python3 verifier.py . --key KEY.pem
   That also proves that every result, target and measurement stands in the log, of which nothing was changed.
   verifier.py is one file that needs only Python and openssl. Read it, or take it from a source of your own.
"""

PEOPLE: dict[People, tuple[str, str]] = {
    "names": (
        """
BEPERKT: deze bundel noemt namen van personen (accounts), zoals systemen die opgaven. Geef hem aan niemand anders.
""",
        """
RESTRICTED: this bundle tells names of people (accounts), as systems gave them. Hand it to nobody else.
""",
    ),
    "pseudonyms": (
        """
In plaats van namen van personen staan er pseudoniemen (person-...). Ze stonden zo al in het logboek; wie de sleutel van
de pseudoniemen heeft, kan zeggen wie er bedoeld is. Wat geen namen bevat, staat er zoals systemen het opgaven.
""",
        """
Names of people are told as pseudonyms (person-...). The log committed to them in that form; who holds the key of the
pseudonyms can tell who is meant. What holds no names stands here as systems gave it.
""",
    ),
}
STEPS = {
    "ed25519": (
        """Wie staat ervoor in? Vraag de publieke sleutel langs een andere weg dan deze bundel, en vergelijk hem
   met keys/{key}.pem.

    openssl pkeyutl -verify -pubin -inkey keys/{key}.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig
""",
        """Who vouches for it? Ask for the public key by another way than this bundle, and compare it
   with keys/{key}.pem.

    openssl pkeyutl -verify -pubin -inkey keys/{key}.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig
""",
    ),
    "cms": (
        """Handtekening met een certificaat (CMS); CA.pem is de uitgever die u vertrouwt:

    openssl cms -verify -binary -inform DER -in SHA256SUMS.p7s -content SHA256SUMS -CAfile CA.pem -purpose any -out /dev/null
""",
        """Signature with a certificate (CMS); CA.pem is the issuer that you trust:

    openssl cms -verify -binary -inform DER -in SHA256SUMS.p7s -content SHA256SUMS -CAfile CA.pem -purpose any -out /dev/null
""",
    ),
    "timestamp": (
        """Tijdstempel van een derde (RFC 3161); TSA.pem is de uitgever die u vertrouwt:

    openssl ts -verify -in SHA256SUMS.tsr -data SHA256SUMS -CAfile TSA.pem
""",
        """Time stamp by a third party (RFC 3161); TSA.pem is the issuer that you trust:

    openssl ts -verify -in SHA256SUMS.tsr -data SHA256SUMS -CAfile TSA.pem
""",
    ),
    "extra": (
        """Zijn de handtekeningen zelf heel?

    sha256sum --check --strict --quiet SIGNATURES
    openssl pkeyutl -verify -pubin -inkey keys/{key}.pem -rawin -in SIGNATURES -sigfile SIGNATURES.sig
""",
        """Are the signatures themselves whole?

    sha256sum --check --strict --quiet SIGNATURES
    openssl pkeyutl -verify -pubin -inkey keys/{key}.pem -rawin -in SIGNATURES -sigfile SIGNATURES.sig
""",
    ),
    "none": (
        """LET OP: deze bundel is niet ondertekend. Niemand staat in voor SHA256SUMS.
""",
        """MIND: this bundle is not signed. Nobody vouches for SHA256SUMS.
""",
    ),
}


def verify_text(program: str, signatures: list[str], key: str | None, people: People) -> bytes:
    """The text for a bundle with these signatures."""
    words = list(signatures) or ["none"]
    words += ["extra"] if "ed25519" in signatures and len(signatures) > 1 else []
    texts = []
    for language, template in enumerate((DUTCH, ENGLISH)):
        steps = [f"{number}. {STEPS[word][language].format(key=key)}" for number, word in enumerate(words, 2)]
        texts.append(
            template.format(
                program=program, people=PEOPLE[people][language].strip(), steps="\n".join(steps), last=len(words) + 2
            )
        )
    return "\n\n".join(texts).encode()
