"""Registering for an event, with an account or without one."""

from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import audience, registering, tokens
from .forms import RegistrationForm
from .models import AudienceRule, Event, Registration
from .registering import HELD_FOR, Entry
from .views import registration_state

STATUS = {registering.RegistrationClosed: 409, registering.NotAdmitted: 403}
# The government is what admits the person, or a fact somebody may leave out.
BY_GOVERNMENT = (
    AudienceRule.EDITION_PARTICIPANTS,
    AudienceRule.EDITION_PARTICIPANTS_STEP,
    AudienceRule.GOVERNMENT_KIND,
    AudienceRule.CERTIFIED_IN_ALL,
)


def register(request, pk):
    event = get_object_or_404(Event.objects.public(request.arrived_at).prefetch_related("sessions"), pk=pk)
    user = request.user if request.user.is_authenticated else None
    standing = own_of(event, user)
    if standing:
        return redirect("event-own", tokens.own_page(standing))
    person = audience.person_of(request.user, at=request.arrived_at)
    admission = audience.admission(event.audience_rule, event.audience, person)
    if request.method == "POST":
        return _registered(request, event, user, admission)
    if not event.registration_is_open(request.arrived_at):
        return redirect("event", event.pk)
    return _page(request, event, _form(event, user, admission), admission)


def own_of(event, user):
    if user is None:
        return None
    return event.registrations.active().filter(user=user).first()


def _form(event, user, admission, data=None):
    return RegistrationForm(
        data,
        governments=admission.governments,
        has_account=user is not None,
        needs_government=event.audience_rule in BY_GOVERNMENT,
        initial={"name": user.name} if user else {},
    )


def _registered(request, event, user, admission):
    form = _form(event, user, admission, request.POST)
    if not form.is_valid():
        return _page(request, event, form, admission, status=422)
    entry = _entry(form.cleaned_data, user)
    if user is None and not ratelimit.consume(request, action="event_registration", key=entry.email.lower()):
        refused = _("Muitas inscrições em pouco tempo. Espere dez minutos e tente de novo.")
        return _page(request, event, form, admission, status=429, refused=refused)
    try:
        registration = registering.register(event, entry, at=request.arrived_at, user=user)
    except (registering.RegistrationClosed, registering.NotAdmitted) as refused:
        return _page(request, event, form, admission, status=STATUS[type(refused)], refused=refused.message)
    if user is None:
        return redirect("event-asked", event.pk)
    if registration.is_registered:
        messages.success(request, _("Inscrição confirmada. Enviamos os detalhes por e-mail."))
    return redirect("event-own", tokens.own_page(registration))


def _entry(facts, user):
    return Entry(
        name=" ".join(facts["name"].split()),
        email=user.email if user else facts["email"],
        government=facts.get("government"),
        affiliation=facts["affiliation"],
        language=user.language if user else get_language(),
    )


def _page(request, event, form, admission, *, status=200, refused=""):
    seated = event.registrations.seated().count() if event.capacity is not None else 0
    next_page = urlencode({"next": reverse("event-register", args=[event.pk])})
    facts = {
        "event": event,
        "form": form,
        "admission": admission,
        "refused": refused,
        "is_full": registration_state(event, seated, request.arrived_at) == "full",
        "held_hours": int(HELD_FOR.total_seconds() // 3600),
        "sign_in_url": f"{reverse('account_login')}?{next_page}",
    }
    return render(request, "events/register.html", facts, status=status)


def asked(request, pk):
    """After the form of a person without an account: the same page for a new address and a known one."""
    event = get_object_or_404(Event.objects.public(request.arrived_at).prefetch_related("sessions"), pk=pk)
    hours = int(HELD_FOR.total_seconds() // 3600)
    return render(request, "events/asked.html", {"event": event, "held_hours": hours})


def confirm(request, token):
    """The page a letter leads to. Looked at, it changes nothing: programs that read mail follow links, people press buttons."""
    try:
        found = Registration.objects.select_related("event").get(confirm_hash=tokens.hash_of(token))
        if request.method == "POST":
            registration = registering.confirm(token, at=request.arrived_at)
            return redirect("event-own", tokens.own_page(registration))
    except Registration.DoesNotExist:
        return _refuse_link(
            request, _("Este endereço não existe ou foi trocado por um mais novo. Abra a mensagem mais recente.")
        )
    except registering.TooLate as refused:
        return _refuse_link(request, refused.message, found.event)
    if found.event.cancelled_at:
        return _refuse_link(request, registering.CANCELLED, found.event)
    if found.confirmed_at or not found.is_active:
        return _refuse_link(request, registering.why_not(found), found.event)
    return render(request, "events/confirm.html", {"registration": found, "event": found.event})


def _refuse_link(request, message, event=None):
    return render(request, "events/confirm_refused.html", {"message": message, "event": event}, status=410)


def mine(request):
    """«Meus eventos»: by the account, or by one of its confirmed addresses."""
    rows = tokens.with_event(registrations_of(request.user)).order_by("-event__starts_on", "-number")[:200]
    facts = [
        {"registration": row, "token": tokens.own_page(row), "is_past": row.event.is_past(request.arrived_at)}
        for row in rows
    ]
    shown = [fact for fact in facts if fact["registration"].is_active or not fact["is_past"]]
    context = {
        "coming": sorted(
            (fact for fact in shown if not fact["is_past"]), key=lambda fact: fact["registration"].event.starts_on
        ),
        "past": [fact for fact in shown if fact["is_past"]],
    }
    return render(request, "events/mine.html", context)


def registrations_of(user):
    addresses = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    keys = {email.lower() for email in addresses} | {user.email.lower()}
    own = Registration.objects.filter(user=user)
    return own | Registration.objects.filter(user__isnull=True, email_key__in=keys)
