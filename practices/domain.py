"""Putting a whole practice into the bank at once: for what was curated elsewhere, and for demonstrations. Sheets written here go through
`writing` and `curation`."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit

from .models import Feature, FeatureCheck, Practice, PracticeDocument, PracticeResult, PracticeTopic, State


class UnknownFeature(ValueError):
    """A characteristic that is not in the list."""


@transaction.atomic
def publish_practice(
    key, *, owner, at, by=None, dimensions=(), partners=(), results=(), documents=(), features=(), **facts
):
    """Put a practice into the bank, or replace the one of this key. Returns the Practice.

    owner: Body. partners: Bodies. results: dicts {what, figure, of, unit, source}. documents: dicts {title, type, year, dated_on, place, edition,
    language, evidence, url}. facts: the other fields of the model (title_pt_br, summary_en, context, how_to_replicate, quote, checked_on, ...).
    """
    _check_features(features)
    practice = Practice.objects.filter(key=key).first() or Practice(key=key, published_at=at, created_at=at)
    came_from = practice.state
    practice.owner, practice.features, practice.state = owner, list(features), State.PUBLISHED
    practice.checked_on = practice.checked_on or timezone.localdate(at)
    practice.updated_at, practice.updated_by = at, by
    for name, value in facts.items():
        setattr(practice, name, value)
    practice.full_clean(exclude=["search"])
    practice.save()
    practice.moves.create(came_from=came_from, went_to=State.PUBLISHED, by=by, at=at)
    replace_rows(practice, dimensions, results)
    _replace_documents(practice, documents)
    _replace_checks(practice, by, at)
    practice.partners.set(partners)
    practice.refresh_search()
    record("published", practice, by=by)
    return practice


def _check_features(features):
    unknown = [code for code in features if code not in Feature.values]
    if unknown:
        raise UnknownFeature(
            _("Característica desconhecida: %(codes)s. As que existem são: %(known)s.")
            % {"codes": ", ".join(unknown), "known": ", ".join(Feature.values)}
        )


def replace_rows(practice, dimensions, results):
    """Dimensions and figures of a sheet, as they stand now. The caller refreshes the words."""
    PracticeTopic.objects.filter(practice=practice).delete()
    PracticeResult.objects.filter(practice=practice).delete()
    PracticeTopic.objects.bulk_create(PracticeTopic(practice=practice, dimension=n) for n in dimensions)
    PracticeResult.objects.bulk_create(
        PracticeResult(practice=practice, order=order, **row) for order, row in enumerate(results)
    )


def _replace_documents(practice, documents):
    practice.documents.all().delete()
    PracticeDocument.objects.bulk_create(
        PracticeDocument(practice=practice, order=order, **row) for order, row in enumerate(documents)
    )


def _replace_checks(practice, by, at):
    practice.checks.all().delete()
    FeatureCheck.objects.bulk_create(
        FeatureCheck(practice=practice, feature=code, verdict="yes", by=by, at=at) for code in practice.features
    )


def record(what, practice, *, by, **detail):
    """The move in the audit, found again by the government it touches."""
    audit.record(f"practice.{what}", by=by, subject=practice, government_id=government_of(practice.owner), **detail)


def government_of(owner):
    return owner.pk if owner and owner.kind == owner.Kind.GOVERNMENT else None
