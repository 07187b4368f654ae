"""Waivers that ended since anybody looked: what they covered is not met again, measured anew or not."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from baseline.exporters.reports.period import ReportPeriod
from baseline.models.result import Status
from baseline.store.series import ResultInterval


def with_lapsed(
    intervals: Iterable[ResultInterval], waivers: Mapping[str, date], period: ReportPeriod
) -> Iterator[ResultInterval]:
    """The intervals, in which a waived fail that stands at the end of the period is a fail since its waiver ended.

    ``waivers`` maps an id to its last day; one that is not there is taken at the word of the run that applied it.
    """
    for each in intervals:
        last = waivers.get(each.waiver or "") if each.status is Status.WAIVED else None
        ended = datetime.combine(last + timedelta(days=1), time(), UTC) if last else period.ends
        if ended >= period.ends or (each.valid_to is not None and each.valid_to < period.ends):
            yield each
            continue
        if each.valid_from < ended:
            yield each._replace(valid_to=ended)
        yield each._replace(status=Status.FAIL, waiver=None, valid_from=max(each.valid_from, ended))
