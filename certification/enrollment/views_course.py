"""Course completions: recorded by the government, checked by the coordination."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from certification import cycle
from certification.models import Participation
from core import files
from governments import library

from . import course
from .domain import enrollment_of
from .forms import CourseForm, ReasonForm
from .pages import found, frame
from .views_desk import PAGE


def own(request, pk):
    """Completions of the people named, with the form to record one more."""
    participation = found(request, pk)
    enrollment = enrollment_of(participation)
    if request.method != "POST":
        return _own_page(request, participation, CourseForm(enrollment=enrollment))
    if cycle.may("record_course", request.user, participation, request.arrived_at).reason == "role":
        raise PermissionDenied
    form = CourseForm(request.POST, request.FILES, enrollment=enrollment)
    if not form.is_valid():
        codes = {error.code for errors in form.errors.as_data().values() for error in errors}
        return _own_page(request, participation, form, status=413 if "file_too_large" in codes else 422)
    return _record(request, participation, form)


def _record(request, participation, form):
    try:
        course.record_completion(participation, by=request.user, at=request.arrived_at, **form.cleaned_data)
    except cycle.StepClosed as closed:
        return _own_page(request, participation, form, status=409, message=closed.decision.message)
    except (files.Refused, library.LibraryFull) as refused:
        form.add_error("certificate", str(refused))
        return _own_page(request, participation, form, status=refused.status)
    messages.success(request, _("Conclusão registrada. A coordenação vai conferir o certificado."))
    return redirect("enrollment:course", pk=participation.pk)


def _completions(participation):
    return participation.course_completions.select_related("certificate__file", "recorded_by", "checked_by")


def _own_page(request, participation, form, *, status=200, message=""):
    facts = frame(request, participation)
    facts |= {
        "form": form,
        "completions": list(_completions(participation)),
        "has_people": form.fields["person"].queryset.exists(),
        "decision": cycle.may("record_course", request.user, participation, request.arrived_at),
        "requirement": course.course_requirement(participation),
        "message": message,
    }
    return render(request, "enrollment/course.html", facts, status=status)


def desk(request, pk):
    """The same for coordinators, with accept and refuse."""
    return _desk_page(request, found(request, pk))


def _desk_page(request, participation, *, refused=None, status=200, message=""):
    """refused: (completion, form) whose reason lacks or came too late."""
    forms = {refused[0].pk: refused[1]} if refused else {}
    rows = [
        (completion, forms.get(completion.pk) or ReasonForm(prefix=f"c{completion.pk}"))
        for completion in _completions(participation)
    ]
    facts = frame(request, participation, desk=True)
    facts |= {
        "rows": rows,
        "refused_form": refused[1] if refused else None,
        "decision": cycle.may("check_course", request.user, participation, request.arrived_at),
        "requirement": course.course_requirement(participation),
        "message": message,
    }
    return render(request, "enrollment/course_desk.html", facts, status=status)


def check(request, pk, completion):
    """Accept one certificate."""
    participation = found(request, pk)
    row = get_object_or_404(_completions(participation), pk=completion)
    return _decided(request, participation, row, None, _("Certificado conferido: ele conta para o selo."))


def refuse(request, pk, completion):
    """Refuse one, with the reason the government reads."""
    participation = found(request, pk)
    row = get_object_or_404(_completions(participation), pk=completion)
    form = ReasonForm(request.POST, prefix=f"c{row.pk}")
    if not form.is_valid():
        return _desk_page(request, participation, refused=(row, form), status=422)
    return _decided(request, participation, row, form, _("Certificado recusado. O governo recebeu o motivo."))


def _decided(request, participation, row, form, done):
    reason = form.cleaned_data["reason"] if form else ""
    try:
        course.check_completion(row, by=request.user, at=request.arrived_at, refused_reason=reason)
    except (cycle.StepClosed, course.AlreadyChecked) as late:
        typed = (row, form) if form else None
        return _desk_page(request, participation, refused=typed, status=409, message=str(late))
    messages.success(request, done)
    return redirect("enrollment:course-review", pk=participation.pk)


def waiting(request):
    """Certificates of all governments that nobody has checked yet, the oldest first."""
    mine = course.waiting().filter(participation__in=Participation.objects.visible_to(request.user))
    page = Paginator(mine, PAGE).get_page(request.GET.get("page"))
    return render(request, "enrollment/courses.html", {"page": page})
