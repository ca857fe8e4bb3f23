"""What a submitted monitoring report holds."""

from certification.prioritization.frozen import day, subject_of
from certification.prioritization.gaps import catalogue_of

from .progress import degree_of, in_order, latest, state_of


def content_of(actions, participation, *, today):
    """The report's part of a Snapshot's content. Texts of the catalogue stand in every language; what people wrote stays plain::

        actions: [{id, title, dimension: {number, name}, indicator: {code, question} or null, starts_on, ends_on, state, degree, entries: [
            {id, dated_on, status, done, total, unit, text, recorded_at, recorded_by, corrects,
             evidence: [{id, title, kind, sha256 or url}], verifications: [{verdict, text, by, at}]}]}]

    state: not_started, in_progress, late, done or not_delivered, as it read on the day of submission. degree: a whole percent or null.
    corrects: id of the entry it stands for, or null. done and total are texts, so that no digit is lost.
    """
    questions = catalogue_of(participation)
    return {"actions": [_action(action, questions, today) for action in actions]}


def _action(action, questions, today):
    entries = in_order(action.entries.all())
    return {
        "id": action.pk,
        "title": action.title,
        **subject_of(action, questions),
        "starts_on": day(action.starts_on),
        "ends_on": day(action.ends_on),
        "state": state_of(action, entries, today=today, ended=True).value,
        "degree": degree_of(latest(entries)),
        "entries": [_entry(entry) for entry in entries],
    }


def _entry(entry):
    return {
        "id": entry.pk,
        "dated_on": day(entry.dated_on),
        "status": entry.status,
        "done": number(entry.done),
        "total": number(entry.total),
        "unit": entry.unit,
        "text": entry.text,
        "recorded_at": entry.recorded_at.isoformat(timespec="seconds"),
        "recorded_by": entry.recorded_by.name,
        "corrects": entry.corrects_id,
        "evidence": [_evidence(link.evidence) for link in entry.evidence_links.all()],
        "verifications": [
            {
                "verdict": look.verdict,
                "text": look.text,
                "by": look.by.name,
                "at": look.at.isoformat(timespec="seconds"),
            }
            for look in entry.verifications.all()
        ],
    }


def number(value):
    """3.50 and 3.5 are the same: without zeros at the end, on every database."""
    return None if value is None else f"{value.normalize():f}"


def _evidence(piece):
    where = {"sha256": piece.file.sha256} if piece.file_id else {"url": piece.url}
    return {"id": piece.pk, "title": piece.title, "kind": piece.kind} | where
