"""From rows to the shapes of the public read API."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from certification.models import Kind
from certification.seal.domain import Verdict, verdict
from governments.models import Body


def address(name, *args):
    """The absolute address of a page, built from settings and never from the request."""
    return f"{settings.PUBLIC_BASE_URL}{reverse(name, args=args)}"


def texts(row, name):
    """A translated field in its three languages, or None where the first is empty."""
    first = getattr(row, f"{name}_pt_br")
    if not first:
        return None
    return {"pt-br": first, "en": getattr(row, f"{name}_en") or None, "es": getattr(row, f"{name}_es") or None}


def edition(row, certified, at):
    questionnaire = row.questionnaire
    return {
        "year": row.year,
        "programme": row.programme.name,
        "questionnaire": f"{questionnaire.slug}-{questionnaire.version}" if questionnaire else None,
        "published": row.is_public(at),
        "published_at": row.published_at,
        "ceremony_on": timezone.localdate(row.ceremony_at) if row.ceremony_at else None,
        "seal_valid_until": row.seal_valid_until,
        "from_before_portal": row.from_before_portal,
        "certified": certified.get(row.year, 0) if row.is_public(at) else None,
        "periods": _periods(row),
        "url": address("edition", row.year),
    }


def _periods(edition):
    windows = {window.step: window for window in edition.windows.all()}
    return [
        {
            "step": kind.value,
            "opens_at": windows[kind].opens_at,
            "closes_at": windows[kind].closes_at,
            "extensions": [_extension(each) for each in edition.extensions.all() if each.step == kind],
        }
        for kind in Kind
        if kind in windows
    ]


def _extension(row):
    return {
        "scope": row.scope,
        "region": row.region or None,
        "uf": row.uf or None,
        "ibge_code": row.government.ibge_code if row.government else None,
        "closes_at": row.closes_at,
        "public_reason": row.public_reason,
    }


def government_in_short(row):
    facts = {name: getattr(row, name) for name in ("ibge_code", "name", "kind", "uf", "region")}
    return {**facts, "url": address("government", row.ibge_code)}


def government(row, at):
    """Of a government loaded with its published participations."""
    seals = [seal_in_short(each.seal, each.edition, at) for each in row.published]
    return {**government_in_short(row), "seals": seals}


def seal_in_short(row, edition, at):
    return {
        "code": row.code,
        "edition": edition.year,
        "state": verdict(row, at),
        "awarded_at": row.awarded_at,
        "valid_until": row.valid_until,
        "url": address("seal", row.code),
    }


def seal(row, at):
    state = verdict(row, at)
    decision = {Verdict.REVOKED: row.revocation, Verdict.REPLACED: row.replacement}.get(state)
    successor = getattr(row, "replaced_by", None) if state == Verdict.REPLACED else None
    return {
        **seal_in_short(row, row.participation.edition, at),
        "government": government_in_short(row.participation.government),
        "source": row.earlier_source or None,
        "revoked_at": row.revoked_at if state == Verdict.REVOKED else None,
        "replaced_at": row.replaced_at if state == Verdict.REPLACED else None,
        "replaced_by": successor.code if successor else None,
        "public_reason": decision.public_reason if decision else None,
    }


def dimension(row):
    facts = {name: getattr(row, name) for name in ("number", "slug", "group", "sdg_targets")}
    return {
        **facts,
        "name": row.name.as_dict(),
        "description": row.description.as_dict(),
        "url": address("dimension", row.number),
    }


def indicator(row):
    return {
        "code": row.code,
        "question": row.question.as_dict(),
        "help": row.help.as_dict(),
        "answer_type": row.answer_type,
        "options": [{"code": option.code, "label": option.label.as_dict()} for option in row.options],
        "evidence": row.evidence,
        "applies_to": row.applies_to,
    }


def questionnaire(row):
    """Of a questionnaire as the catalogue keeps it."""
    return {
        "id": f"{row.slug}-{row.version}",
        "version": row.version,
        "title": row.title.as_dict(),
        "published_at": row.published_at,
        "sha256": row.digest,
        "dimensions": len(row.dimensions),
        "indicators": len(row.indicators),
    }


def questionnaire_whole(row):
    said = row.introduction.as_dict()
    return {
        **questionnaire(row),
        "introduction": said if said.get("pt-br") else None,
        "questions": [_questions_of(each) for each in row.dimensions],
    }


def _questions_of(dimension):
    return {
        **{name: getattr(dimension, name) for name in ("number", "slug", "group", "sdg_targets")},
        "name": dimension.name.as_dict(),
        "description": dimension.description.as_dict(),
        "indicators": [indicator(each) for each in dimension.indicators],
    }


def action(row):
    return {"id": row.action_id, "government": government_in_short(row.government), **action_in_plan(row)}


def action_in_plan(row):
    same = ("dimension", "title", "starts_on", "ends_on", "state", "degree", "told_on", "waiting")
    return {
        **{name: getattr(row, name) for name in same},
        "edition": row.edition.year,
        "indicator": row.indicator_code or None,
        "objective": row.objective or None,
        "department": row.department or None,
    }


def action_whole(rows):
    """Of the copies of one action, one a plan."""
    return {
        "id": rows[0].action_id,
        "government": government_in_short(rows[0].government),
        "plans": [action_in_plan(row) for row in rows],
    }


def owner(body):
    code = body.government.ibge_code if body.kind == Body.Kind.GOVERNMENT else None
    return {"kind": body.kind, "name": str(body), "ibge_code": code}


def practice(row):
    same = ("id", "key", "dimensions", "indicators", "sdg_targets", "features", "started_year", "published_at")
    return {
        **{name: getattr(row, name) for name in same},
        "title": texts(row, "title"),
        "summary": texts(row, "summary"),
        "owner": owner(row.owner),
        "url": address("practice", row.pk),
    }


def practice_whole(row):
    return {
        **practice(row),
        **{name: getattr(row, name) for name in ("language", "how_to_replicate", "quote", "quote_by")},
        "story": {name: text for name, _heading, text in row.story},
        "partners": [owner(body) for body in row.partners.all()],
        "results": list(row.results.values("what", "figure", "of", "unit", "source")),
        "documents": [_document(row, each) for each in row.documents.all()],
    }


def _document(practice, row):
    kept = row.evidence and row.evidence.file
    url = address("practice_document", practice.pk, row.pk) if kept else row.url or None
    return {"title": row.title, "type": row.type, "year": row.year, "url": url}


def event(row):
    same = ("id", "key", "type", "mode", "starts_on", "ends_on", "precision", "dimensions")
    return {
        **{name: getattr(row, name) for name in same},
        "title": texts(row, "title"),
        "description": texts(row, "description"),
        "audience": texts(row, "audience_label"),
        "attendance": attendance(row.total),
        "url": address("event", row.pk),
    }


def event_whole(row, published_practices):
    """published_practices: keys of the practices told there that anyone may see."""
    return {
        **event(row),
        "sessions": [
            {
                "title": texts(each, "title"),
                "starts_at": each.starts_at,
                "minutes": each.minutes,
                "attendance": attendance(getattr(each, "attendance", None)),
            }
            for each in row.sessions.all()
        ],
        "recording": row.recording_url if row.recording_published else None,
        "practices": [key for key in row.practice_keys if key in published_practices],
    }


def attendance(row):
    return {"number": row.number, "unit": row.unit} if row else None
