"""What a submitted diagnosis holds, so that reports, reviews and public pages never need the live answers."""

from django.utils import translation

from dimensions.catalogue import LANGUAGES
from dimensions.rules import Status, answer_in_words, status

from .content import month_text

COUNTED = (Status.EXISTS, Status.PARTLY, Status.NOT_YET, Status.NOT_APPLICABLE)


def content_of(sheet, entries, evidence, corrected):
    """The diagnosis' part of a Snapshot's content.

    Texts of the catalogue stand in every language, {"pt-br", "en", "es"}; what the government wrote stays a plain string::

        questionnaire: {id, version, title}
        context: [{code, type, label, value, no_data, source, reference_month}]
        dimensions: [{number, name, description, counts: {exists, partly, not_yet, not_applicable}, answers: [
            {code, question, value, in_words, status, comment, no_data, not_applicable, reason, source, reference_month,
             evidence: [{id, title, kind, sha256 or url}], corrected}]}]

    Only questions that were asked are in it. status: exists, partly, not_yet, not_applicable or no_status. reference_month: "2026-05".
    corrected: returned with a correction and saved again. Numbers are plain JSON numbers, whole ones without a decimal point.
    """
    return {
        "questionnaire": {
            "id": sheet.catalogue.slug,
            "version": sheet.catalogue.version,
            "title": _texts(sheet.catalogue.title),
        },
        "context": [_context(field, entry) for field, entry in entries],
        "dimensions": [_dimension(dimension, sheet, evidence, corrected) for dimension in sheet.catalogue.dimensions],
    }


def _context(field, entry):
    return {
        "code": field.code,
        "type": field.type,
        "label": _texts(field.label),
        "value": plain(entry.value),
        "no_data": entry.no_data,
        "source": entry.source,
        "reference_month": month_text(entry.reference_month),
    }


def _dimension(dimension, sheet, evidence, corrected):
    asked = sheet.asked_in(dimension.number)
    states = [status(row, sheet.answers[row.code]) for row in asked]
    return {
        "number": dimension.number,
        "name": _texts(dimension.name),
        "description": _texts(dimension.description),
        "counts": {state.value: states.count(state) for state in COUNTED},
        "answers": [
            _answer(row, sheet.answers[row.code], state, evidence, row.code in corrected)
            for row, state in zip(asked, states, strict=True)
        ],
    }


def _answer(indicator, answer, state, evidence, corrected):
    return {
        "code": indicator.code,
        "question": _texts(indicator.question),
        "value": plain(answer.value),
        "in_words": in_every_language(lambda: str(answer_in_words(indicator, answer))),
        "status": state.value,
        "comment": answer.comment,
        "no_data": answer.no_data,
        "not_applicable": answer.not_applicable,
        "reason": answer.reason,
        "source": answer.source,
        "reference_month": month_text(answer.reference_month),
        "evidence": [_evidence(link.evidence) for link in evidence.get(answer.pk, [])],
        "corrected": corrected,
    }


def _evidence(piece):
    where = {"sha256": piece.file.sha256} if piece.file_id else {"url": piece.url}
    return {"id": piece.pk, "title": piece.title, "kind": piece.kind} | where


def _texts(text):
    return {language: text.in_language(language) for language in LANGUAGES}


def in_every_language(say):
    """What a function says in each language."""
    texts = {}
    for language in LANGUAGES:
        with translation.override(language):
            texts[language] = say()
    return texts


def plain(value):
    """A value that reads back the same from every database, so that the hash can be computed again: 12.0 is stored by some as 12."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
