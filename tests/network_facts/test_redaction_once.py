"""A text whose secret lines were asked for is not searched again to be redacted; the outcome is the same."""

from baseline.collectors.network.redaction import Dialect, redact, rules, secret_lines

TEXT = "hostname sw1\nusername a secret 5 $1$abcd$efgh\nsnmp-server community s3cret RO\nusername a secret 5 $1$abcd$efgh\n"
OTHER = Dialect(rules=(("hostname", rules(r"(hostname )\S+")),))


def test_what_was_kept_is_what_a_fresh_search_gives():
    fresh = redact(TEXT)
    assert list(secret_lines(TEXT)) == [2, 3, 4]
    assert redact(TEXT) == fresh == redact(TEXT)
    assert "s3cret" not in fresh
    assert fresh.count("\n") == TEXT.count("\n")


def test_another_text_or_dialect_gets_its_own():
    secret_lines(TEXT)
    assert redact(TEXT.replace("sw1", "sw2")).startswith("hostname sw2")
    secret_lines(TEXT)
    assert redact(TEXT, OTHER).startswith("hostname <redacted>")
