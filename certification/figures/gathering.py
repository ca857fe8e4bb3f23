"""How far each government came in an edition, read from steps, seals and validated plans."""

from collections import defaultdict

from certification.models import Kind, Participation, Snapshot, State, Step
from certification.seal.models import Seal

from .models import Presence, Standing, mark_of

PLACE = ("uf", "region", "kind", "search")


def presences(edition, at, participation=None):
    """Presence rows, unsaved, of those whose enrolment in the edition was accepted; of one participation if it is given."""
    rows = Participation.objects.filter(edition=edition, declined_at__isnull=True)
    if participation is not None:
        rows = rows.filter(pk=participation.pk)
    approved, seals, plans = _approved(rows), _seals(rows), plans_of(rows)
    government = [f"government__{name}" for name in PLACE]
    return [
        _presence(edition, at, key, government, place, approved[key], seals.get(key), plans.get(key, []))
        for key, government, *place in rows.order_by().values_list("pk", "government", *government)
        if Kind.ENROLLMENT in approved[key]
    ]


def _approved(participations):
    """{participation: kinds of its validated steps}"""
    rows = Step.objects.filter(participation__in=participations.order_by(), state=State.APPROVED)
    found = defaultdict(set)
    for key, kind in rows.order_by().values_list("participation", "kind"):
        found[key].add(kind)
    return found


def _seals(participations):
    """{participation: (code, revoked_at)} of the seal that counts: the last one, where it was replaced."""
    rows = Seal.objects.filter(participation__in=participations.order_by()).order_by("awarded_at", "pk")
    return {key: seal for key, *seal in rows.values_list("participation", "code", "revoked_at")}


def plans_of(participations):
    """{participation: frozen actions} of the last submission of each whose priorities were validated."""
    validated = participations.order_by().filter(steps__kind=Kind.PRIORITIZATION, steps__state=State.APPROVED)
    rows = Snapshot.objects.filter(participation__in=validated, kind=Kind.PRIORITIZATION).order_by("number")
    contents = rows.values_list("participation", "content").iterator()
    return {key: content.get("actions", []) for key, content in contents}


def _presence(edition, at, key, government, place, approved, seal, actions):
    code, revoked_at = seal or ("", None)
    standing = Standing.WITHOUT_SEAL
    if seal:
        standing = Standing.REVOKED if revoked_at and revoked_at <= at else Standing.CERTIFIED
    return Presence(
        participation_id=key,
        edition=edition,
        government_id=government,
        **dict(zip(PLACE, place, strict=True)),
        standing=standing,
        seal_code=code,
        dimensions=marked(action["dimension"]["number"] for action in actions) if seal else "",
        diagnosed=Kind.DIAGNOSIS in approved,
        planned=Kind.PRIORITIZATION in approved,
        monitored=Kind.MONITORING in approved,
    )


def marked(numbers):
    """«,1,6,» out of 6, 1, 6."""
    found = sorted(set(numbers))
    return mark_of(",".join(map(str, found))) if found else ""
