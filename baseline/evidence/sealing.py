"""Seals a bundle: SHA256SUMS signed by a key, and by a certificate and a time stamp authority where these are given."""

import subprocess
from pathlib import Path

import msgspec

from baseline.evidence.keys import Signer
from baseline.evidence.writer import BundleError, BundleWriter

LARGEST_ANSWER = 1 << 20
SECONDS = 30


class Seals(msgspec.Struct, frozen=True, kw_only=True):
    """How to seal. ``certificate`` and ``certificate_key`` are PEM files; ``time_stamp_url`` an RFC 3161 server (HTTP)."""

    certificate: Path | None = None
    certificate_key: Path | None = None
    certificate_chain: Path | None = None
    time_stamp_url: str = ""

    def words(self, signer: Signer | None) -> list[str]:
        """What a bundle promises to hold."""
        promised = {
            "ed25519": signer is not None,
            "cms": self.certificate is not None,
            "timestamp": bool(self.time_stamp_url),
        }
        return [word for word, given in promised.items() if given]


def seal(writer: BundleWriter, seals: Seals, signer: Signer | None) -> None:
    """Write SHA256SUMS and what vouches for it.

    Raises:
        BundleError: openssl refuses, or the time stamp server does not answer.
    """
    sums = writer.sums_file()
    writer.write("SHA256SUMS", sums)
    extra = []
    if seals.certificate is not None:
        writer.write("SHA256SUMS.p7s", _cms(writer.folder / "SHA256SUMS", seals))
        extra.append("SHA256SUMS.p7s")
    if seals.time_stamp_url:
        writer.write("SHA256SUMS.tsr", _time_stamp(writer.folder / "SHA256SUMS", seals.time_stamp_url))
        extra.append("SHA256SUMS.tsr")
    if signer is None:
        return
    writer.write("SHA256SUMS.sig", signer.sign(sums))
    if extra:
        writer.write("SIGNATURES", writer.sums_file(extra))
        writer.write("SIGNATURES.sig", signer.sign(writer.sums_file(extra)))


def _cms(path: Path, seals: Seals) -> bytes:
    words = ["cms", "-sign", "-binary", "-noattr", "-md", "sha256", "-outform", "DER", "-in", str(path)]
    words += ["-signer", str(seals.certificate), "-inkey", str(seals.certificate_key or seals.certificate)]
    if seals.certificate_chain is not None:
        words += ["-certfile", str(seals.certificate_chain)]
    return _openssl(words, "the certificate cannot sign")


def _time_stamp(path: Path, url: str) -> bytes:
    query = _openssl(["ts", "-query", "-data", str(path), "-sha256", "-cert"], "no time stamp query could be made")
    return _post(url, query)


def _post(url: str, query: bytes) -> bytes:
    from urllib.error import URLError  # noqa: PLC0415 - slow to import, rarely needed
    from urllib.request import Request, urlopen  # noqa: PLC0415 - the same

    if not url.startswith(("http://", "https://")):
        raise BundleError(f"time stamp server {url}: write http:// or https://")
    request = Request(url, query, {"Content-Type": "application/timestamp-query"})  # noqa: S310 - looked at above
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - the same
            content: bytes = answer.read(LARGEST_ANSWER + 1)
    except (URLError, OSError, ValueError) as error:
        raise BundleError(f"time stamp server {url}: {error}") from error
    if len(content) > LARGEST_ANSWER:
        raise BundleError(f"time stamp server {url}: an answer of more than {LARGEST_ANSWER} bytes")
    return content


def _openssl(words: list[str], reason: str) -> bytes:
    try:
        done = subprocess.run(["openssl", *words], capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BundleError(f"{reason}: the openssl program is needed: {error}") from error
    if done.returncode:
        raise BundleError(f"{reason}: {done.stderr.decode(errors='replace').strip()[-400:]}")
    return done.stdout
