"""The coordinators' smaller forms: cancelling an event, and who came to it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .forms import PlainForm
from .forms_desk import SUFFIXES, area, translated
from .models import Unit
from .templatetags.event_dates import session_time


class CancelEventForm(PlainForm):
    """Why an event is off: everybody who registered reads it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= translated(
            "reason",
            _("Motivo"),
            required=True,
            max_length=500,
            help_text=_("Vai no e-mail a quem se inscreveu e na página do encontro."),
            widget=lambda: area(3),
        )

    def reasons(self):
        return {suffix: self.cleaned_data[f"reason_{suffix}"] for suffix in SUFFIXES}


class NumbersForm(PlainForm):
    """How many came, typed from a list or a platform's report."""

    unit = forms.ChoiceField(label=_("O número conta"), choices=Unit.choices)
    total = forms.IntegerField(
        label=_("No encontro todo"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=_("Quem foi a duas sessões conta uma vez."),
    )

    def __init__(self, *args, sessions=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.sessions = list(sessions) if len(sessions) > 1 else []
        for session in self.sessions:
            self.fields[f"session_{session.pk}"] = forms.IntegerField(
                label=_("Na sessão de %(day)s")
                % {"day": timezone.localtime(session.starts_at).strftime("%d/%m, %Hh%M")},
                min_value=0,
                max_value=1_000_000,
                required=False,
            )

    def by_session(self):
        return [(session, self.cleaned_data[f"session_{session.pk}"]) for session in self.sessions]


class PresentListForm(PlainForm):
    """Addresses of who was in an online room, pasted from the platform's report."""

    session = forms.ModelChoiceField(label=_("Sessão"), queryset=None, required=False, empty_label=None)
    emails = forms.CharField(
        label=_("E-mails de quem participou"),
        max_length=200_000,
        widget=area(6),
        help_text=_("Cole o relatório da sala on-line: o que não é e-mail é ignorado."),
        error_messages={"required": _("Cole os e-mails de quem participou.")},
    )

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["session"]
        offered.queryset = event.sessions.all()
        offered.label_from_instance = session_time
        if not event.sessions.all():
            del self.fields["session"]


class DoorForm(PlainForm):
    """Somebody who came without registering."""

    name = forms.CharField(
        label=_("Nome completo"), max_length=150, error_messages={"required": _("Escreva o nome da pessoa.")}
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Para o certificado. A pessoa concorda com a guarda destes dados."),
        error_messages={"required": _("Escreva o e-mail da pessoa.")},
    )
    affiliation = forms.CharField(label=_("Instituição ou coletivo"), max_length=200, required=False)
