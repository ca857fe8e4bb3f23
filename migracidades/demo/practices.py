"""The bank of practices of the demonstration: sheets published one after the other, a queue with one at each stand, who uses what."""

from datetime import date, timedelta

from core import files
from governments import library
from governments.models import Body
from practices import adoptions, curation, proposals, writing
from practices.domain import publish_practice
from practices.models import DocumentType, Feature, Practice
from practices.people import writers_of
from practices.writing import SheetContent

from . import content, practice_texts
from .calendar import CEREMONY
from .content import in_languages
from .papers import paper

PLAIN = ("context", "problem", "what_was_done", "who", "resources", "lessons", "how_to_replicate", "migrants_part")
LISTS = ("indicators", "sdg_targets")
FEATURED = "single-mediation-calendar"
# Told years ago and never looked at since.
STALE, STALE_SINCE = "small-grants", 830


def publish_practices(demo):
    """The practices of the governments that take part; what is not published yet waits in the queue."""
    told = [row for row in content.practices(demo.cal.year) if row["profile"] in demo.roles]
    waiting = []
    for place, row in enumerate(told):
        day = _day_of_publication(demo, row, place)
        if day < demo.cal.today:
            _publish(demo, row, demo.cal.at(day, 10, 30))
        else:
            waiting.append(row)
    _of_organisations(demo)
    _queue(demo, waiting)
    _uses(demo)
    _feature(demo)


def _day_of_publication(demo, row, place):
    """New practices come out with the seals of the edition in which they were found; the others one after the other since the last ones."""
    if row["key"] == STALE:
        return demo.cal.today - STALE_SINCE
    profile = demo.roles[row["profile"]].profile
    is_new = not profile["returning"] or row["started_year_offset"] == 0
    if not is_new:
        return place * 7 - 104
    if demo.options.stage not in ("certified", "monitoring"):
        return demo.cal.today
    return min(CEREMONY + 1, demo.cal.today - 1)


def _bodies(keys):
    return list(Body.objects.filter(organisation__key__in=keys))


def _facts(demo, row):
    facts = {name: row[name] for name in (*PLAIN, *LISTS)}
    facts |= in_languages("title", row["title"]) | in_languages("summary", row["summary"])
    facts |= {"quote": row["quote"]["text"], "quote_by": row["quote"]["said_by"]}
    return facts | {"started_year": demo.cal.year + row["started_year_offset"]}


def _publish(demo, row, at):
    owner = demo.roles[row["profile"]].government.body
    publish_practice(
        row["key"],
        owner=owner,
        at=at,
        by=demo.programme["helena"],
        dimensions=row["dimensions"],
        partners=_bodies(row["partners"]),
        results=row["results"],
        documents=[_document(demo, owner, each, at, place) for place, each in enumerate(row["documents"])],
        features=row["features"],
        **_facts(demo, row),
    )


# Documents: the first of a sheet is there as a file, videos have an address, of the others only the name is known so far.


def _document(demo, owner, row, at, place):
    day = _day_of_document(demo, row, at, place)
    facts = {"title": row["title"], "type": row["type"], "year": day.year, "dated_on": day, "language": "pt-br"}
    facts["place"] = str(owner)
    if row["type"] == DocumentType.MEDIA:
        return facts | {"url": f"https://videos.exemplo.example/{owner.pk}-{place}"}
    if place == 0:
        return facts | {"edition": "1.ª edição", "evidence": _paper(demo, owner, row, day, at)}
    return facts


def _day_of_document(demo, row, at, place):
    written = date(demo.cal.year + row["year_offset"], 3 + place, 12 + 3 * place)
    return min(written, at.date() - timedelta(days=20 + place))


def _paper(demo, owner, row, day, at):
    by = demo.programme["helena"]
    kind = writing.KIND_IN_LIBRARY.get(row["type"], row["type"])
    uploaded = paper(row["title"], kind if kind != "page" else "other", day, "pdf", lines=[str(owner)])
    stored = files.store(uploaded, by=by, kinds=files.EVIDENCE)
    return library.add(owner, by=by, at=at, title=row["title"], kind=kind, file=stored, document_date=day)


def _of_organisations(demo):
    """Told by organisations, some of them in their own language."""
    for row in practice_texts.OF_ORGANISATIONS:
        owner = Body.objects.filter(organisation__key=row["organisation"]).first()
        if owner:
            facts = {name: value for name, value in row.items() if name != "organisation"}
            publish_practice(
                owner=owner,
                at=demo.cal.at(demo.cal.today - 41, 9, 20),
                by=demo.programme["marcos"],
                started_year=demo.cal.year - 2,
                **facts,
            )


# The queue.


def _queue(demo, waiting):
    """One sheet at each stand, of the governments whose practices are not out yet."""
    _from_notes(demo)
    stands = (_draft, _sent, _returned, _sent_again, _declined)
    for place, (stand, row) in enumerate(zip(stands, waiting, strict=False)):
        owner = demo.roles[row["profile"]].government.body
        writers = writers_of(owner)
        if writers:
            stand(demo, _begun(demo, owner, row, writers[0], day=demo.cal.today - 20 + place), writers[0])
    _by_open_form(demo)


def _from_notes(demo):
    notes = curation.praised().filter(practice__isnull=True).order_by("pk")
    for note in notes[:2]:
        writing.begin_from_note(note, by=demo.programme["helena"], at=demo.cal.at(demo.cal.today - 9, 15, 40))


def _begun(demo, owner, row, writer, day):
    fields = {name: value for name, value in _facts(demo, row).items() if name != "indicators"}
    content = SheetContent(
        fields, dimensions=row["dimensions"], results=row["results"], partners=_bodies(row["partners"])
    )
    practice = writing.begin(owner, content, by=writer, at=demo.cal.at(day, 10, 5))
    for document in row["documents"]:
        facts = {"title": document["title"], "type": document["type"], "year": demo.cal.year + document["year_offset"]}
        writing.add_document(practice, by=writer, at=demo.cal.at(day, 11), **facts)
    return practice


def _draft(demo, practice, writer):
    """Still being written: nothing is handed over."""


def _sent(demo, practice, writer):
    writing.send(practice, by=writer, at=demo.cal.at(demo.cal.today - 6, 17, 10))


def _returned(demo, practice, writer):
    writing.send(practice, by=writer, at=demo.cal.at(demo.cal.today - 12, 9, 45))
    _read(demo, practice, yes=("ownership", "innovation"), day=demo.cal.today - 7)
    curation.give_back(
        practice,
        practice_texts.NOTES,
        message=practice_texts.RETURN_MESSAGE,
        by=demo.programme["helena"],
        at=demo.cal.at(demo.cal.today - 7, 11, 30),
    )


def _sent_again(demo, practice, writer):
    _returned(demo, practice, writer)
    writing.send(practice, by=writer, at=demo.cal.at(demo.cal.today - 2, 16, 20))
    _read(demo, practice, yes=[code for code in Feature.values if code != "added_value"], day=demo.cal.today - 1)


def _declined(demo, practice, writer):
    writing.send(practice, by=writer, at=demo.cal.at(demo.cal.today - 15, 9, 45))
    at = demo.cal.at(demo.cal.today - 11, 14)
    curation.decline(practice, reason=practice_texts.DECLINED, by=demo.programme["marcos"], at=at)


def _read(demo, practice, *, yes, day):
    """Some of the ten features looked at."""
    read = {code: ("yes", practice_texts.SEEN.get(code, "")) for code in yes}
    if len(read) > 4:
        read["added_value"] = ("no", practice_texts.SEEN["added_value"])
    based_on = curation.stamp_of(curation.checks_of(practice))
    curation.save_checks(practice, read, based_on=based_on, by=demo.programme["tiago"], at=demo.cal.at(day, 10, 40))


def _by_open_form(demo):
    row = practice_texts.OPEN_PROPOSAL
    at = demo.cal.at(demo.cal.today - 4, 13, 15)
    content = SheetContent(row["fields"], dimensions=row["dimensions"], results=row["results"])
    proposal = proposals.propose(content, at=at, key="", language="pt-br", **row["who"])
    proposals.confirm(proposals.new_token(proposal, at), at=demo.cal.at(demo.cal.today - 4, 13, 40))


# Who uses what.


def _uses(demo):
    """Governments that take part adapt what others tell."""
    for day, (key, adopter, state, facts, reply) in enumerate(practice_texts.USES):
        practice = Practice.objects.public(demo.now).filter(key=key).select_related("owner").first()
        role = demo.roles.get(adopter)
        writers = writers_of(role.government.body) if role else []
        if not (practice and writers) or practice.owner_id == role.government.pk:
            continue
        at = demo.cal.at(demo.cal.today - 30 + 4 * day, 15, 20)
        adoption, _created = adoptions.record_adoption(
            practice, role.government.body, by=writers[0], at=at, state="interested", **facts
        )
        _went_on(demo, adoption, state, writers[0], at)
        _answered(demo, adoption, reply, at)


def _went_on(demo, adoption, state, writer, at):
    if state != "interested":
        facts = {name: getattr(adoption, name) for name in ("purpose", "department", "contact_email")}
        facts["reason"] = practice_texts.GAVE_UP if state == "gave_up" else ""
        later = min(at + timedelta(days=3), demo.now)
        adoptions.change_adoption(adoption, based_on=1, by=writer, at=later, state=state, **facts)


def _answered(demo, adoption, reply, at):
    writers = writers_of(adoption.practice.owner)
    if reply and writers:
        adoptions.answer(adoption, reply, by=writers[0], at=min(at + timedelta(days=2), demo.now))


def _feature(demo):
    found = Practice.objects.public(demo.now).filter(key=FEATURED).first()
    found = found or Practice.objects.public(demo.now).order_by("-published_at").first()
    if found:
        curation.feature(found, on=True, by=demo.programme["helena"], at=demo.cal.at(demo.cal.today - 1, 9))
