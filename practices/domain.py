"""Publishing and changing practices."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit

from .models import Feature, Practice, PracticeDocument, PracticeResult, PracticeTopic


class UnknownFeature(ValueError):
    """A characteristic that is not in the list."""


@transaction.atomic
def publish_practice(
    key, *, owner, at, by=None, dimensions=(), partners=(), results=(), documents=(), features=(), **facts
):
    """Put a practice into the bank, or replace the one of this key. Returns the Practice.

    owner: Body. partners: Bodies. results: dicts {what, figure, of, unit, source}. documents: dicts {title, type, year, evidence, url}.
    facts: the other fields of the model (title_pt_br, summary_en, context, how_to_replicate, quote, ...).
    """
    _check_features(features)
    practice = Practice.objects.filter(key=key).first() or Practice(key=key, published_at=at)
    practice.owner, practice.features = owner, list(features)
    for name, value in facts.items():
        setattr(practice, name, value)
    practice.full_clean(exclude=["search"])
    practice.save()
    practice.partners.set(partners)
    _replace_rows(practice, dimensions, results, documents)
    audit.record("practice.published", by=by, subject=practice, government_id=_government_of(owner))
    return practice


def _check_features(features):
    unknown = [code for code in features if code not in Feature.values]
    if unknown:
        raise UnknownFeature(
            _("Característica desconhecida: %(codes)s. As que existem são: %(known)s.")
            % {"codes": ", ".join(unknown), "known": ", ".join(Feature.values)}
        )


def _replace_rows(practice, dimensions, results, documents):
    for rows in (practice.topics, practice.results, practice.documents):
        rows.all().delete()
    PracticeTopic.objects.bulk_create(PracticeTopic(practice=practice, dimension=n) for n in dimensions)
    PracticeResult.objects.bulk_create(
        PracticeResult(practice=practice, order=order, **row) for order, row in enumerate(results)
    )
    PracticeDocument.objects.bulk_create(
        PracticeDocument(practice=practice, order=order, **row) for order, row in enumerate(documents)
    )


def _government_of(owner):
    return owner.pk if owner.kind == owner.Kind.GOVERNMENT else None
