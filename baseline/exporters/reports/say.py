"""Words in Dutch or English, and how dates, times and durations are written in them."""

from datetime import date, datetime, timedelta

from baseline.models.control import Language

_DUTCH = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_ENGLISH = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTHS = {"nl": _DUTCH, "en": _ENGLISH}


class Say:
    """Picks the text in a report's language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def __call__(self, dutch: str, english: str) -> str:
        """The text in the report's language."""
        return dutch if self.language == "nl" else english

    def day(self, day: date) -> str:
        """A date in words: 30 september 2026."""
        return f"{day.day} {_MONTHS[self.language][day.month - 1]} {day.year}"

    def month(self, day: date) -> str:
        """The first three letters of a month."""
        return _MONTHS[self.language][day.month - 1][:3]

    def moment(self, moment: datetime | None) -> str:
        """A moment in UTC, to the minute; a dash where there is none."""
        return moment.strftime("%Y-%m-%d %H:%M") if moment else "-"

    def duration(self, duration: timedelta | None) -> str:
        """A duration in its two largest units; a dash where there is none."""
        if duration is None:
            return "-"
        minutes = int(duration.total_seconds() // 60)
        days, hours = minutes // 1440, minutes // 60 % 24
        if days:
            unit = self("dag", "day") if days == 1 else self("dagen", "days")
            return f"{days} {unit}" + (f" {hours} {self('uur', 'h')}" if hours and days < 10 else "")
        return f"{hours} {self('uur', 'h')} {minutes % 60} min" if hours else f"{minutes} min"

    def count(self, number: int, dutch: tuple[str, str], english: tuple[str, str]) -> str:
        """A number with its noun, in singular or plural."""
        singular, plural = dutch if self.language == "nl" else english
        return f"{number} {singular if number == 1 else plural}"
