"""Evidence under an answer: a new file, an address, or a piece the government already keeps. It belongs to the government, not to the answer."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import ngettext

from certification import cycle
from certification.models import Kind
from core import audit, files
from governments import library
from governments.library import EvidenceRefused
from governments.models import Evidence

from .answers import AnswerRows
from .models import Answer, AnswerEvidence, Diagnosis
from .saving import lock_row, may_change


def attach_file(lookup, uploaded, *, by, at, title="", kind=Evidence.Kind.OTHER, document_date=None):
    """Keep a file in the government's library and tie it to an answer. Returns the link. Raises what `save_answer` raises but Stale, and
    files.Refused, EvidenceRefused."""
    with transaction.atomic():
        # Asked before the file is read, so that who may not write stores nothing.
        _locked(lookup, by, at)
    stored = files.store(uploaded, by=by, kinds=files.EVIDENCE)
    try:
        return _attach(
            lookup, by, at, title=title or stored.original_name, kind=kind, document_date=document_date, file=stored
        )
    except Exception:
        files.remove(stored)
        raise


def keep_file(lookup, uploaded, *, by, at, title="", kind=Evidence.Kind.OTHER):
    """Keep a file in the library without tying it to an answer yet. lookup: of the diagnosis. Returns the Evidence."""
    diagnosis = Diagnosis.objects.visible_to(by).select_related("participation").get(**lookup)
    cycle.decide(cycle.may("edit_diagnosis", by, diagnosis.participation, at))
    stored = files.store(uploaded, by=by, kinds=files.EVIDENCE)
    owner_id = diagnosis.participation.government_id
    try:
        with transaction.atomic():
            # Reading the file takes a while: the period may have closed, or the person may have left the team, meanwhile.
            cycle.locked_step(diagnosis.participation, Kind.DIAGNOSIS, action="edit_diagnosis", by=by, at=at)
            library.hold_room(owner_id, stored.size)
            facts = {"title": (title or stored.original_name)[:200], "kind": kind, "file": stored}
            piece = Evidence.objects.create(owner_id=owner_id, added_by=by, added_at=at, **facts)
            audit.record("evidence.added", by=by, subject=piece, government_id=owner_id)
    except Exception:
        files.remove(stored)
        raise
    return piece


def attach_address(lookup, url, *, by, at, title="", kind=Evidence.Kind.PAGE, document_date=None):
    """Tie a web address to an answer. Returns the link."""
    return _attach(lookup, by, at, title=title or url[:200], kind=kind, document_date=document_date, url=url)


@transaction.atomic
def _attach(lookup, by, at, **facts):
    answer = _locked(lookup, by, at)
    owner_id = answer.diagnosis.participation.government_id
    _check_room(answer, owner_id, getattr(facts.get("file"), "size", 0))
    facts["title"] = facts["title"][:200]
    return _link(answer, Evidence.objects.create(owner_id=owner_id, added_by=by, added_at=at, **facts), by, at)


@transaction.atomic
def attach_from_library(lookup, piece_pk, *, by, at):
    """Tie a piece the government already keeps to one more answer. Twice is once. Raises Evidence.DoesNotExist for another's."""
    answer = _locked(lookup, by, at)
    owner_id = answer.diagnosis.participation.government_id
    piece = Evidence.objects.current().get(pk=piece_pk, owner=owner_id)
    _check_room(answer, owner_id, 0)
    return _link(answer, piece, by, at)


@transaction.atomic
def detach(lookup, link_pk, *, by, at):
    """Untie a piece; it stays in the library, and in the copies that were submitted with it. Raises AnswerEvidence.DoesNotExist."""
    answer = _locked(lookup, by, at)
    link = answer.evidence_links.select_related("evidence").get(pk=link_pk)
    _record("answer.evidence_removed", answer, link.evidence, by)
    link.delete()
    return link


def _locked(lookup, by, at):
    answer = lock_row(Answer.objects.all(), lookup, by, at)
    may_change(answer, by, at, reopened=AnswerRows.is_reopened)
    return answer


def _link(answer, piece, by, at):
    link, created = AnswerEvidence.objects.get_or_create(
        answer=answer, evidence=piece, defaults={"linked_at": at, "linked_by": by}
    )
    if created:
        _record("answer.evidence_added", answer, piece, by)
    return link


def _record(action, answer, piece, by):
    government_id = answer.diagnosis.participation.government_id
    audit.record(action, by=by, subject=piece, government_id=government_id, code=answer.code)


def _check_room(answer, owner_id, size):
    limit = settings.FILES_PER_ANSWER
    if answer.evidence_links.count() >= limit:
        text = ngettext(
            "Esta pergunta já tem %(limit)s comprovação, o máximo. Retire uma para anexar outra.",
            "Esta pergunta já tem %(limit)s comprovações, o máximo. Retire uma para anexar outra.",
            limit,
        )
        raise EvidenceRefused(text % {"limit": limit}, code="too_many_files")
    library.hold_room(owner_id, size)
