"""The coordinators' desk of the agenda: the list, writing an event, publishing and cancelling it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core import files
from dimensions import catalogue
from governments.models import Organisation

from . import domain, editing
from .forms_after import CancelEventForm
from .forms_lines import EventForms
from .models import Event
from .models.registration import RegistrationQuerySet, RegistrationState

PER_PAGE = 30
SHOWN = ("proximos", "rascunhos", "anteriores")
SEATED = Count("registrations", filter=Q(registrations__state__in=RegistrationQuerySet.SEATED), distinct=True)
WAITING = Count("registrations", filter=Q(registrations__state=RegistrationState.WAITING), distinct=True)
PRESENT = Count("registrations", filter=Q(registrations__presences__isnull=False), distinct=True)


def desk(request):
    shown = request.GET.get("mostrar", "")
    shown = shown if shown in SHOWN else SHOWN[0]
    found = _shown(shown, timezone.localdate(request.arrived_at), request.arrived_at)
    rows = found.annotate(seated=SEATED, waiting=WAITING, present=PRESENT).prefetch_related("sessions", "attendances")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "events/desk.html", {"page": page, "shown": shown})


def _shown(shown, today, at):
    if shown == "rascunhos":
        return Event.objects.filter(Q(published_at__isnull=True) | Q(published_at__gt=at)).order_by("starts_on", "pk")
    published = Event.objects.public(at)
    return published.past(today) if shown == "anteriores" else published.upcoming(today)


def _found(pk):
    return get_object_or_404(
        Event.objects.select_related("series", "edition").prefetch_related(
            "sessions", "speakers__home__organisation", "speakers__home__government", "materials__file", "testimonials"
        ),
        pk=pk,
    )


def new(request):
    forms = _forms(request)
    if request.method != "POST" or forms.more:
        return _page(request, forms)
    return _save(request, forms, lambda content, who: editing.new_event(content, **who))


def edit(request, pk):
    event = _found(pk)
    forms = _forms(request, event)
    if request.method != "POST" or forms.more:
        return _page(request, forms, event)

    def save(content, who):
        based_on = forms.event.cleaned_data["version"]
        return editing.save_event(event, content, based_on=based_on, **who)

    return _save(request, forms, save, event)


def _forms(request, event=None):
    questionnaire = catalogue.latest()
    dimensions = questionnaire.dimensions if questionnaire else []
    if request.method != "POST":
        return EventForms(event=event, dimensions=dimensions)
    return EventForms(event=event, data=request.POST, uploads=request.FILES, dimensions=dimensions)


def _save(request, forms, save, event=None):
    if not forms.is_valid():
        return _page(request, forms, event, status=422)
    try:
        saved = save(forms.content(), {"by": request.user, "at": request.arrived_at})
    except editing.Stale as stale:
        forms.rest_on(stale.event.version)
        return _page(request, forms, event, status=412, message=stale.message, other=stale.event)
    except ValidationError as error:
        forms.event.add_error(None, error.messages)
        return _page(request, forms, event, status=422)
    except (domain.EventRefused, files.Refused) as refused:
        forms.event.add_error(None, str(refused))
        return _page(request, forms, event, status=getattr(refused, "status", 409))
    messages.success(request, _("Encontro salvo."))
    return redirect("event-edit", saved.pk)


def _page(request, forms, event=None, *, status=200, message="", other=None):
    facts = {
        "forms": forms,
        "event": event,
        "message": message,
        "other": other,
        "is_public": bool(event and event.published_at and event.published_at <= request.arrived_at),
        "is_past": bool(event and event.is_past(request.arrived_at)),
        "organisations": Organisation.objects.values_list("name", flat=True)[:300],
    }
    return render(request, "events/desk_edit.html", facts, status=status)


def publish(request, pk):
    event = get_object_or_404(Event, pk=pk)
    domain.publish_event(event, by=request.user, at=request.arrived_at)
    messages.success(request, _("Encontro publicado na agenda."))
    return redirect("event-edit", pk)


def cancel(request, pk):
    event = get_object_or_404(Event.objects.prefetch_related("sessions"), pk=pk)
    if event.cancelled_at:
        return redirect("event-edit", pk)
    form = CancelEventForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        domain.cancel_event(event, by=request.user, at=request.arrived_at, reasons=form.reasons())
        messages.success(request, _("Encontro cancelado. Quem se inscreveu recebe um e-mail com o motivo."))
        return redirect("event-edit", pk)
    facts = {
        "event": event,
        "form": form,
        "told": event.registrations.active().filter(confirmed_at__isnull=False).count(),
    }
    return render(request, "events/desk_cancel.html", facts, status=422 if form.is_bound else 200)
