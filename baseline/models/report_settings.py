"""What an organisation says of itself for its reports."""

import msgspec


class DigidConnection(msgspec.Struct, frozen=True, kw_only=True):
    """One DigiD connection (aansluiting), by the name and number that Logius knows it by, and what it runs on."""

    name: str
    number: str
    groups: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


class Applicability(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an ISO control applies to the organisation, and why. A control that is not named applies."""

    control: str
    applicable: bool = True
    reason: str = ""


class ReportSettings(msgspec.Struct, frozen=True, kw_only=True):
    """``longest_silence_days`` is how long a check may say nothing of a target within a series.

    ``repair_days`` is in how many days a deviation of priority 1 to 4 is repaired.
    """

    organisation: str = ""
    scope: str = ""
    marking: str = ""
    digid: tuple[DigidConnection, ...] = ()
    applicability: tuple[Applicability, ...] = ()
    longest_silence_days: int = 8
    repair_days: tuple[int, int, int, int] = (7, 30, 90, 180)
