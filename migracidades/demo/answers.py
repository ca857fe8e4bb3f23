"""What a profile answers: of the current edition as written, of its last one with the differences laid over."""

from certification.diagnosis.content import Content
from dimensions.models import AnswerType

from .calendar import month_before

FALLBACK_SOURCE = {"source": "Registro da própria secretaria", "months_ago": 1}


def current(profile, catalogue, kind, day):
    """{code: Content} of the questions asked. day: when they are answered, from which the months of numbers are counted."""
    answers = profile["answers"]
    found = {code: _valued(answers, catalogue, code, value, day) for code, value in answers["values"].items()}
    found |= {code: Content(no_data=True, reason=text) for code, text in answers["no_data"].items()}
    found |= {code: Content(not_applicable=True, reason=text) for code, text in answers["not_applicable"].items()}
    return asked(found, catalogue, kind)


def _valued(answers, catalogue, code, value, day):
    comment = answers["comments"].get(code, "")
    if catalogue.indicator(code).answer_type != AnswerType.NUMBER:
        return Content(value=value, comment=comment)
    origin = answers["number_sources"].get(code, FALLBACK_SOURCE)
    month = month_before(day, origin["months_ago"])
    return Content(value=value, comment=comment, source=origin["source"], reference_month=month)


def last(profile, catalogue, kind, day):
    """The answers of the last edition: the current ones with last year's values over them. A comment travels only with its value."""
    now = dict(profile["answers"])
    changed = {row["indicator"]: row["value"] for row in profile["last_year"]["differences"]}
    before = {
        **now,
        "values": {**now["values"], **changed},
        "no_data": {code: text for code, text in now["no_data"].items() if code not in changed},
        "not_applicable": {code: text for code, text in now["not_applicable"].items() if code not in changed},
        "comments": {code: text for code, text in now["comments"].items() if code not in changed},
    }
    return current({**profile, "answers": before}, catalogue, kind, day)


def asked(contents, catalogue, kind):
    """Only those that are asked, once the others are as they are."""
    return {row.code: contents[row.code] for row in catalogue.asked(kind, contents) if row.code in contents}


def changes(profile):
    """{code: what the government says of what changed since last year}."""
    rows = (profile.get("last_year") or {}).get("differences", [])
    return {row["indicator"]: row["why"] for row in rows}
