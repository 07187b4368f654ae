"""Until when distributions get security updates without buying more.

Dates are the vendors': Debian with LTS (wiki.debian.org/LTS), Ubuntu standard support (ubuntu.com/about/release-cycle),
RHEL and its rebuilds until maintenance ends (access.redhat.com/support/policy/updates/errata), SLES general support
(suse.com/lifecycle).
"""

from datetime import date

RHEL = {"7": "2024-06-30", "8": "2029-05-31", "9": "2032-05-31", "10": "2035-05-31"}

END_OF_SUPPORT: dict[str, dict[str, str]] = {
    "debian": {
        "9": "2022-06-30",
        "10": "2024-06-30",
        "11": "2026-08-31",
        "12": "2028-06-30",
        "13": "2030-06-30",
    },
    "ubuntu": {
        "16.04": "2021-04-30",
        "18.04": "2023-05-31",
        "20.04": "2025-05-31",
        "22.04": "2027-04-30",
        "24.04": "2029-04-30",
        "26.04": "2031-04-30",
    },
    "rhel": RHEL,
    "rocky": RHEL,
    "almalinux": RHEL,
    "ol": RHEL,
    "centos": {"7": "2024-06-30", "8": "2021-12-31", "9": "2027-05-31"},
    "sles": {
        "12.5": "2024-10-31",
        "15.3": "2022-12-31",
        "15.4": "2023-12-31",
        "15.5": "2024-12-31",
        "15.6": "2025-12-31",
        "15.7": "2031-07-31",
    },
}
"""Distribution (ID of os-release) to version to ISO date; versions are VERSION_ID, or its first number."""


def end_of_support(distribution: str, version: str) -> date | None:
    """The last day with security updates; None when this table does not know the release."""
    versions = END_OF_SUPPORT.get(distribution, {})
    found = versions.get(version) or versions.get(version.partition(".")[0])
    return date.fromisoformat(found) if found else None
