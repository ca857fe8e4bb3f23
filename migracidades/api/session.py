"""For the signed-in browser: who I am, the answers of a diagnosis, submission, evidence, jobs. Session and CSRF token, no other way in."""

import re
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Schema, Status, UploadedFile
from ninja.security import django_auth
from pydantic import Field, model_validator

from certification import cycle
from certification.diagnosis import evidence, submission
from certification.diagnosis.answers import save_answer_at
from certification.diagnosis.content import of_json
from certification.diagnosis.models import Answer, Diagnosis
from certification.diagnosis.pages import Room
from certification.diagnosis.reading import participation_of
from certification.diagnosis.saving import Stale, as_json
from certification.models import Kind, Participation, State, Step
from core import files
from core.idempotency import KeyRefused
from core.models import Job
from core.problem import problem
from core.routes import MANAGER, OWN_GOVERNMENT, REVIEWERS, SIGNED_IN, TEAM, WRITERS, Access
from dimensions.rules import InvalidAnswer
from governments import team
from governments.models import Government

from .refusals import ALWAYS, Problem

router = Router(tags=["session"], auth=django_auth)

FILLABLE = ("open", "returned")
READ = Access(OWN_GOVERNMENT, roles=(*TEAM, *REVIEWERS))
WRITE = {"roles": WRITERS, "action": "edit_diagnosis", "states": FILLABLE}
# What the registry of routes says of each address below.
ACCESS = {
    "me": Access(SIGNED_IN),
    "diagnoses/<int:pk>": READ,
    "diagnoses/<int:pk>/answers/<code>": Access(OWN_GOVERNMENT, methods=("PUT",), **WRITE),
    "diagnoses/<int:pk>/answers/<code>/revisions": READ,
    "diagnoses/<int:pk>/submit": Access(
        OWN_GOVERNMENT, roles=(MANAGER,), methods=("POST",), action="submit_diagnosis", states=FILLABLE
    ),
    "diagnoses/<int:pk>/evidence": Access(OWN_GOVERNMENT, methods=("POST",), **WRITE),
    "jobs/<uuidstr:pk>": Access(SIGNED_IN),
}
# Headers stand in the description only: without If-Match the answer is 428, which the package would not give.
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The version the text is based on, in quotes",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "One key a save: sent again, it gets its first answer",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9-]{8,64}$"},
}
VERSION = re.compile(r'(?:W/)?"(\d{1,9})"|(\d{1,9})')


class AnswerIn(Schema):
    """Whatever is left out counts as empty: an answer is replaced as a whole."""

    value: Any = None
    comment: str | None = ""
    no_data: bool | None = False
    not_applicable: bool | None = False
    reason: str | None = ""
    source: str | None = ""
    reference_month: str | None = Field(None, description="2026-05")

    @model_validator(mode="wrap")
    @classmethod
    def only_an_object(cls, given, read):
        """A list or a text has none of the fields: read as an answer it would empty the one that is saved."""
        if not isinstance(given, dict):
            raise ValueError("an object is needed")  # noqa: TRY004
        return read(given)


class SavedOut(Schema):
    version: int
    saved_at: str


class Receipt(Schema):
    protocol: str
    submitted_at: str
    version: int
    sha256: str


class Piece(Schema):
    id: int
    sha256: str
    size: int
    media_type: str
    scan: str


class JobOut(Schema):
    state: str
    done: int
    total: int
    error: str
    result: dict | None


REFUSALS = {401: Problem, 403: Problem, 404: Problem, **ALWAYS}


@router.get("/me", response={200: dict, 401: Problem}, summary="The person, roles, memberships, open participations")
def me(request):
    user = request.user
    memberships = team.memberships_of(user)
    governments = {row.pk: row for row in Government.objects.filter(pk__in=memberships)}
    return {
        "user": {"id": user.pk, "name": user.name, "email": user.email, "language": user.language},
        "roles": sorted(user.programme_roles),
        "memberships": [_membership(row, governments[key]) for key, row in memberships.items() if key in governments],
        "participations": [_participation(row) for row in _open_participations(governments)],
    }


def _membership(row, government):
    return {"government": government.ibge_code, "name": str(government), "role": row.role, "department": row.department}


def _open_participations(governments):
    rows = Participation.objects.filter(government__in=governments.values(), edition__from_before_portal=False)
    done = Step.objects.filter(kind=Kind.MONITORING, state=State.APPROVED).values("participation")
    return rows.under_way().exclude(pk__in=done).select_related("edition", "government", "diagnosis")


def _participation(row):
    return {
        "id": row.pk,
        "edition": row.edition.year,
        "government": row.government.ibge_code,
        "diagnosis": getattr(getattr(row, "diagnosis", None), "pk", None),
    }


@router.get("/diagnoses/{int:pk}", response={200: dict, **REFUSALS}, summary="State, deadline and answers")
def diagnosis(request, pk: int):
    room = _room(request, pk)
    return {
        "status": _status(room),
        "server_now": timezone.localtime(request.arrived_at).isoformat(),
        "closes_at": _closes_at(room),
        "answers": {code: _local(as_json(row)) for code, row in room.answers.items()},
    }


def _room(request, pk):
    participation = get_object_or_404(Diagnosis.objects.visible_to(request.user).values("participation"), pk=pk)
    loaded = participation_of(request.user, participation["participation"])
    return Room(loaded, loaded.diagnosis, request.user, request.arrived_at)


def _status(room):
    """The state as it reads now: open, submitted, returned, approved, or closed outside its period."""
    read = cycle.reading(room.participation, room.step, room.at)
    return "closed" if read in (cycle.NOT_YET, cycle.ENDED) else str(State(read).value)


def _closes_at(room):
    if room.is_returned:
        return timezone.localtime(room.step.correct_until).isoformat()
    period = cycle.window_of(room.participation, Kind.DIAGNOSIS)
    return timezone.localtime(period.closes_at).isoformat() if period else None


def _local(answer):
    """The instant with the offset of the programme's zone, like all times told here."""
    return answer | {"updated_at": _with_offset(answer["updated_at"])}


def _with_offset(text):
    return timezone.localtime(timezone.datetime.fromisoformat(text)).isoformat() if text else None


@router.put(
    "/diagnoses/{int:pk}/answers/{code}",
    response={200: SavedOut, 409: Problem, 412: Problem, 422: Problem, 428: Problem, **REFUSALS},
    summary="Save one answer. If-Match: the version it is based on; Idempotency-Key: one key a save",
    openapi_extra={"parameters": [IF_MATCH, IDEMPOTENCY_KEY]},
)
def put_answer(request, pk: int, code: str, body: AnswerIn):
    based_on = _if_match(request)
    if based_on is None:
        text = _('Informe no cabeçalho If-Match a versão em que a resposta se baseia, por exemplo "3".')
        return problem(request, 428, "version_required", text)
    lookup = {"diagnosis": pk, "code": code}
    key = request.headers.get("Idempotency-Key")
    try:
        content = of_json(body.dict())
        saved = save_answer_at(lookup, content, based_on=based_on, by=request.user, at=request.arrived_at, key=key)
    except Answer.DoesNotExist:
        raise Http404 from None
    except InvalidAnswer as error:
        return problem(request, 422, "invalid_answer", error.message)
    except KeyRefused as error:
        return problem(request, error.status, error.code, error.message)
    except Stale as stale:
        return problem(request, 412, stale.code, str(stale), other=_local(stale.other))
    return {"version": saved.version, "saved_at": timezone.localtime(saved.saved_at).isoformat()}


def _if_match(request):
    found = VERSION.fullmatch(request.headers.get("If-Match", "").strip())
    return int(found[1] or found[2]) if found else None


@router.get(
    "/diagnoses/{int:pk}/answers/{code}/revisions",
    response={200: list[dict], **REFUSALS},
    summary="What was saved and what was refused, oldest first",
)
def revisions(request, pk: int, code: str):
    visible = Diagnosis.objects.visible_to(request.user)
    answer = get_object_or_404(Answer, diagnosis__in=visible, diagnosis=pk, code=code)
    return [_revision(row) for row in answer.revisions.select_related("by")]


def _revision(row):
    facts = {"kind": row.kind, "version": row.version, "refused_because": row.refused_because or None}
    return facts | row.content().for_json() | {"by": row.by.name, "at": timezone.localtime(row.at).isoformat()}


@router.post(
    "/diagnoses/{int:pk}/submit",
    response={200: Receipt, 201: Receipt, 409: Problem, 422: Problem, **REFUSALS},
    summary="Submit; pressed twice it gives the same receipt",
)
def submit(request, pk: int):
    row = get_object_or_404(
        Diagnosis.objects.visible_to(request.user).select_related("participation__government"), pk=pk
    )
    try:
        snapshot, created = submission.submit_diagnosis(row.participation, by=request.user, at=request.arrived_at)
    except cycle.RequirementsMissing as incomplete:
        missing = [
            {"code": each.code, "label": str(each.label), "reason": str(each.reason)} for each in incomplete.missing
        ]
        return problem(request, 422, "incomplete", _("O diagnóstico ainda não está completo."), missing=missing)
    told = submission.receipt(snapshot)
    told["submitted_at"] = timezone.localtime(snapshot.made_at).isoformat()
    return Status(201 if created else 200, told)


@router.post(
    "/diagnoses/{int:pk}/evidence",
    response={200: Piece, 409: Problem, 413: Problem, 415: Problem, 422: Problem, **REFUSALS},
    summary="Add a file to the government's evidence; with `code`, under that answer",
)
def add_evidence(request, pk: int, file: UploadedFile = File(...), code: str = Form(""), title: str = Form("")):  # noqa: B008
    try:
        piece = _keep(pk, code, file, title=title, by=request.user, at=request.arrived_at)
    except (Answer.DoesNotExist, Diagnosis.DoesNotExist):
        raise Http404 from None
    except (files.Refused, evidence.EvidenceRefused) as refused:
        return problem(request, refused.status, refused.code, str(refused))
    stored = piece.file
    facts = {name: getattr(stored, name) for name in ("sha256", "size", "media_type", "scan")}
    return {"id": piece.pk, **facts}


def _keep(pk, code, file, **facts):
    if code:
        return evidence.attach_file({"diagnosis": pk, "code": code}, file, **facts).evidence
    return evidence.keep_file({"pk": pk}, file, **facts)


@router.get("/jobs/{uuid:pk}", response={200: JobOut, **REFUSALS}, summary="How far a background job is")
def job(request, pk):
    row = get_object_or_404(Job.objects.select_related("result"), pk=pk, requested_by=request.user)
    result = {"sha256": row.result.sha256, "size": row.result.size} if row.result else None
    return {"state": row.state, "done": row.done, "total": row.total, "error": row.error, "result": result}
