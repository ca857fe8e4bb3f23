"""Days of an edition as instants: everything in the demonstration is dated from the opening of an enrolment."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from certification.models import Kind

# First and last day of each period, counted from the opening of enrolment.
WINDOWS = {
    Kind.ENROLLMENT: (0, 43),
    Kind.DIAGNOSIS: (44, 117),
    Kind.PRIORITIZATION: (118, 195),
    Kind.CERTIFICATION: (196, 252),
    Kind.MONITORING: (252, 435),
}
CEREMONY = 252
# The day of seeding inside the period of each stage; up to three more or fewer, so that calls open on a Tuesday and meetings fall on weekdays.
STAGES = {"enrollment": 36, "diagnosis": 100, "prioritization": 176, "certified": 256, "monitoring": 372}
TUESDAY = 1
LAST_MINUTE = time(23, 59, 59)


@dataclass(frozen=True)
class Calendar:
    """opens: first day of the edition's enrolment. now: instant of seeding, after which nothing is dated."""

    opens: date
    now: datetime

    @property
    def year(self):
        return self.opens.year

    @property
    def today(self):
        """The day of seeding, counted from the opening."""
        return (timezone.localdate(self.now) - self.opens).days

    def date(self, day):
        return self.opens + timedelta(days=day)

    def at(self, day, hour=10, minute=0):
        """An instant of a day in the morning of which the office is open; never after the seeding."""
        return min(self.instant(day, time(hour, minute)), self.now)

    def instant(self, day, hour=LAST_MINUTE):
        return timezone.make_aware(datetime.combine(self.date(day), hour))

    def period(self, kind):
        first, last = WINDOWS[kind]
        return self.instant(first, time.min), self.instant(last)

    def day_of(self, instant):
        return (timezone.localdate(instant) - self.opens).days

    def before(self, years):
        """The calendar of the edition some years earlier, opened on the same day of its year."""
        return Calendar(_years_earlier(self.opens, years), self.now)


def of_stage(stage, now):
    """The calendar of the current edition, which stands in the middle of a stage."""
    opens = timezone.localdate(now) - timedelta(days=STAGES[stage])
    return Calendar(opens + timedelta(days=(TUESDAY - opens.weekday() + 3) % 7 - 3), now)


def _years_earlier(day, years):
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def month_before(day, months):
    """The first day of the month some months before a day."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
