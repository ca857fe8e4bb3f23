"""The annual reports of the demonstration: that of 2021 out of the imported data, published; this year's begun."""

from django.utils import timezone

from annual_reports import domain, gathering

# Counted outside the portal, as the programme's own report of the year tells it.
TOLD_OF_2021 = {
    "media_count": 150,
    "media_at_least": True,
    "media_source": "acompanhamento da OIM e da UFRGS, 2020 e 2021",
    "course_people": 2000,
    "course_servants": 1500,
    "course_at_least": True,
    "course_source": "Enap, junho de 2020 a janeiro de 2022",
}


def tell(demonstration):
    helena, marcos = (demonstration.programme[name] for name in ("helena", "marcos"))
    # The events of the lists came in a moment ago, whatever day the story is told on.
    now = max(demonstration.now, timezone.now())
    past = domain.start_draft(2021, by=helena, at=now)
    past = domain.save_draft(past, TOLD_OF_2021, [], version=past.version, by=helena, at=now)
    domain.publish(past, version=past.version, by=marcos, at=now)
    present = domain.start_draft(timezone.localdate(now).year, by=marcos, at=now)
    chosen = [key for key, _row in gathering.offered(present.year, now)]
    domain.save_draft(present, {"chosen": chosen}, [], version=present.version, by=marcos, at=now)
