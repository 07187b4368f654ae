"""The text of a new check, to be filled in."""

_EXPECT = {
    "network": (
        "management.telnet.enabled == false",
        "{management: {telnet: {enabled: false}}}",
        "{management: {telnet: {enabled: true}}}",
        "{management: {telnet: {enabled: unknown}}}",
    ),
    "host": (
        "ssh_server.permit_empty_passwords == false",
        "{ssh_server: {permit_empty_passwords: false}}",
        "{ssh_server: {permit_empty_passwords: true}}",
        "{ssh_server: {permit_empty_passwords: unknown}}",
    ),
    "workplace": (
        "elevation.enabled",
        "{elevation: {enabled: true}}",
        "{elevation: {enabled: false}}",
        "{elevation: {enabled: unknown}}",
    ),
}

_TEXT = """\
id: {identifier}
title: What is so when this is met
title_nl: Wat zo is als hieraan is voldaan
controls: [bio2:8.20.02, iso27001:A.8.20]
severity: medium
applies_to: {{kind: {kind}}}
expect: {expect}
rationale: Why it matters, for somebody who decides on risks.
remediation:
  text: How to repair it.
examples:
  pass:
    - {met}
  fail:
    - {not_met}
  error:
    - {unknown}
"""


def new_check_text(identifier: str, kind: str) -> str:
    """A check that lints and passes its own examples, on which to build."""
    expect, met, not_met, unknown = _EXPECT[kind]
    return _TEXT.format(identifier=identifier, kind=kind, expect=expect, met=met, not_met=not_met, unknown=unknown)
