"""The coordinators' form of an event: its facts, texts in three languages."""

from datetime import datetime
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.models import Edition, Kind
from core.forms import DateField, area
from governments.models import Government, GovernmentKind

from .forms import PlainForm
from .models import AudienceRule, EventSeries, EventType, Mode, Precision

SUFFIXES = {"pt_br": _("português"), "en": _("inglês"), "es": _("espanhol")}
TRANSLATED = ("title", "description", "audience_label", "access_note", "recording_reason", "result_note")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


def translated(name, label, *, required=False, max_length=250, help_text="", widget=None):
    """{"title_pt_br": field, ...}: Portuguese first, the others fall back to it."""
    fields = {}
    for suffix, language in SUFFIXES.items():
        fields[f"{name}_{suffix}"] = forms.CharField(
            label=_("%(label)s (%(language)s)") % {"label": label, "language": language},
            max_length=max_length,
            required=required and suffix == "pt_br",
            help_text=help_text if suffix == "pt_br" else "",
            widget=widget() if widget else None,
        )
    return fields


class EventForm(PlainForm):
    """All facts of an event but its lines. `content` gives them as the domain takes them."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, localize=False)
    type = forms.ChoiceField(label=_("Tipo"), choices=EventType.choices)
    series = forms.ModelChoiceField(
        label=_("Série"), queryset=EventSeries.objects.all(), required=False, empty_label=_("Nenhuma: encontro único")
    )
    new_series = forms.CharField(
        label=_("ou o nome de uma série nova"),
        max_length=250,
        required=False,
        help_text=_("Para encontros de um grupo de trabalho, por exemplo."),
    )
    edition = forms.ModelChoiceField(
        label=_("Edição"), queryset=Edition.objects.all(), required=False, empty_label=_("Nenhuma")
    )
    mode = forms.ChoiceField(label=_("Formato"), choices=Mode.choices)
    place = forms.CharField(label=_("Local"), max_length=250, required=False)
    place_is_public = forms.BooleanField(label=_("Mostrar o local a todas as pessoas"), required=False, initial=True)
    meeting_url = forms.URLField(
        label=_("Endereço da sala on-line"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Só quem tem a inscrição confirmada recebe."),
    )
    starts_on = DateField(
        label=_("Primeiro dia"), required=False, help_text=_("Só quando os horários não são conhecidos.")
    )
    ends_on = DateField(label=_("Último dia"), required=False)
    precision = forms.ChoiceField(label=_("Datas conhecidas por"), choices=Precision.choices, required=False)
    audience_rule = forms.ChoiceField(label=_("Quem pode se inscrever"), choices=AudienceRule.choices)
    editions = forms.MultipleChoiceField(
        label=_("Edições"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Para governos inscritos, que chegaram a uma etapa, de certos tipos ou certificados em todas."),
    )
    step = forms.ChoiceField(label=_("Etapa"), choices=[("", "—"), *Kind.choices], required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Tipos de governo"),
        choices=GovernmentKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    governments = forms.CharField(
        label=_("Governos convidados"),
        required=False,
        max_length=20000,
        widget=area(3),
        help_text=_("Códigos do IBGE de 2 ou 7 dígitos, um por linha."),
    )
    emails = forms.CharField(
        label=_("E-mails convidados"), required=False, max_length=50000, widget=area(3), help_text=_("Um por linha.")
    )
    dimensions = forms.TypedMultipleChoiceField(
        label=_("Dimensões"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    practice_keys = forms.CharField(
        label=_("Práticas contadas neste encontro"),
        required=False,
        max_length=2000,
        help_text=_("Identificadores das práticas, separados por espaço."),
    )
    capacity = forms.IntegerField(
        label=_("Vagas"),
        min_value=1,
        max_value=100000,
        required=False,
        help_text=_("Em branco: sem limite. Com as vagas preenchidas, abre-se a lista de espera."),
    )
    opens_on = DateField(label=_("Inscrições a partir de"), required=False)
    opens_time = forms.TimeField(label=_("Hora"), required=False, widget=TimeInput())
    closes_on = DateField(label=_("Inscrições até"), required=False)
    closes_time = forms.TimeField(label=_("Hora"), required=False, widget=TimeInput())
    certificate_hours = forms.DecimalField(
        label=_("Horas do certificado"),
        min_value=0,
        max_value=500,
        max_digits=5,
        decimal_places=1,
        required=False,
        help_text=_("Em branco: não há certificado."),
    )
    certificate_sessions = forms.IntegerField(
        label=_("Presenças para o certificado"),
        min_value=1,
        max_value=60,
        required=False,
        help_text=_("Em quantas sessões é preciso estar. Em branco: em todas."),
    )
    recording_published = forms.BooleanField(label=_("Gravação publicada"), required=False)
    recording_url = forms.URLField(
        label=_("Endereço da gravação"), max_length=500, required=False, assume_scheme="https"
    )
    source = forms.CharField(label=_("Fonte"), max_length=300, required=False)

    def __init__(self, *args, dimensions=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= translated("title", _("Título"), required=True)
        self.fields |= translated("description", _("Descrição"), max_length=5000, widget=lambda: area(4))
        self.fields |= translated(
            "audience_label",
            _("Para quem, em palavras"),
            required=True,
            max_length=300,
            help_text=_("Como aparece na agenda."),
        )
        self.fields |= translated("access_note", _("Como entrar"), max_length=500)
        self.fields |= translated("recording_reason", _("Por que não há gravação"), max_length=300)
        self.fields |= translated("result_note", _("O que resultou"), max_length=5000, widget=lambda: area(4))
        offered: dict[str, Any] = self.fields
        offered["dimensions"].choices = [(each.number, f"{each.number}. {each.name}") for each in dimensions]
        years = Edition.objects.order_by("-year").values_list("year", flat=True).distinct()
        offered["editions"].choices = [(str(year), str(year)) for year in years]
        self.helper.layout = layout()

    def clean_governments(self):
        codes = self.cleaned_data["governments"].replace(",", " ").split()
        known = set(Government.objects.filter(ibge_code__in=codes).values_list("ibge_code", flat=True))
        unknown = [code for code in codes if code not in known]
        if unknown:
            raise ValidationError(
                _("Estes códigos não são de governos: %(codes)s. Confira um por um."),
                params={"codes": ", ".join(unknown[:10])},
            )
        return codes

    def clean_emails(self):
        listed = self.cleaned_data["emails"].replace(",", " ").replace(";", " ").split()
        for email in listed:
            forms.EmailField(error_messages={"invalid": _("«%(email)s» não é um e-mail.") % {"email": email}}).clean(
                email
            )
        return [email.lower() for email in listed]

    def clean(self):
        facts = super().clean() or {}
        self._check_window(facts)
        self._check_rule(facts)
        starts, ends = facts.get("starts_on"), facts.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("O último dia precisa ser o primeiro ou depois dele."))
        if facts.get("recording_published") and not facts.get("recording_url"):
            self.add_error("recording_url", _("Informe o endereço da gravação publicada."))
        return facts

    def _check_window(self, facts):
        days = [facts.get("opens_on"), facts.get("closes_on")]
        if any(days) and not all(days):
            missing = "closes_on" if days[0] else "opens_on"
            self.add_error(missing, _("Informe os dois: desde quando e até quando há inscrições."))
        elif all(days) and self._instant(facts, "opens") > self._instant(facts, "closes"):
            self.add_error("closes_on", _("As inscrições precisam terminar depois de abrir."))

    def _check_rule(self, facts):
        rule = facts.get("audience_rule")
        if rule == AudienceRule.EDITION_PARTICIPANTS_STEP and not facts.get("step"):
            self.add_error("step", _("Escolha a que etapa os governos chegaram."))
        if rule == AudienceRule.GOVERNMENT_KIND and not facts.get("kinds"):
            self.add_error("kinds", _("Escolha ao menos um tipo de governo."))
        if rule == AudienceRule.CERTIFIED_IN_ALL and not facts.get("editions"):
            self.add_error("editions", _("Escolha as edições em que o governo precisa ter o selo."))
        if rule == AudienceRule.LISTED and not (facts.get("governments") or facts.get("emails")):
            self.add_error("emails", _("Escreva os e-mails ou os governos convidados."))

    @staticmethod
    def _instant(facts, name):
        """Without an hour: from the beginning of the day it opens, to the end of the day it closes."""
        day, hour = facts.get(f"{name}_on"), facts.get(f"{name}_time")
        if day is None:
            return None
        whole = datetime.min.time() if name == "opens" else datetime.max.time().replace(microsecond=0)
        return timezone.make_aware(datetime.combine(day, hour or whole), timezone.get_default_timezone())

    def content(self):
        facts = self.cleaned_data
        plain = ["type", "edition", "mode", "place", "place_is_public", "meeting_url", "audience_rule", "capacity"]
        plain += ["certificate_hours", "certificate_sessions", "recording_published", "recording_url", "source"]
        texts = [f"{name}_{suffix}" for name in TRANSLATED for suffix in SUFFIXES]
        return {name: facts[name] for name in (*plain, *texts)} | {
            "series": facts["series"],
            "new_series": facts["new_series"],
            "precision": facts["precision"] or Precision.DAY,
            "starts_on": facts["starts_on"],
            "ends_on": facts["ends_on"] or facts["starts_on"],
            "audience": self._detail(facts),
            "dimensions": sorted(facts["dimensions"]),
            "practice_keys": facts["practice_keys"].replace(",", " ").split(),
            "registration_opens_at": self._instant(facts, "opens"),
            "registration_closes_at": self._instant(facts, "closes"),
        }

    @staticmethod
    def _detail(facts):
        detail = {
            "editions": sorted(int(year) for year in facts["editions"]),
            "step": facts["step"],
            "kinds": facts["kinds"],
            "governments": facts["governments"],
            "emails": facts["emails"],
        }
        return {name: value for name, value in detail.items() if value}


def layout():
    def row(*names):
        return Div(*names, css_class="row")

    def in_languages(name):
        return row(*(f"{name}_{suffix}" for suffix in SUFFIXES))

    return Layout(
        "version",
        Fieldset(
            _("O que é"),
            in_languages("title"),
            in_languages("description"),
            row("type", "edition"),
            row("series", "new_series"),
            "dimensions",
            "practice_keys",
        ),
        Fieldset(_("Onde"), row("mode", "place"), "place_is_public", "meeting_url", in_languages("access_note")),
        Fieldset(_("Dias, quando não há sessões"), row("starts_on", "ends_on", "precision")),
        Fieldset(
            _("Para quem"),
            in_languages("audience_label"),
            "audience_rule",
            "editions",
            row("step"),
            "kinds",
            row("governments", "emails"),
        ),
        Fieldset(
            _("Inscrições, no horário de Brasília"),
            row("opens_on", "opens_time", "closes_on", "closes_time"),
            row("capacity", "certificate_hours", "certificate_sessions"),
        ),
        Fieldset(
            _("Depois do encontro"),
            in_languages("result_note"),
            "recording_published",
            "recording_url",
            in_languages("recording_reason"),
            "source",
        ),
    )


def initial_of(event):
    names = ["type", "series", "edition", "mode", "place", "place_is_public", "meeting_url", "precision"]
    names += ["audience_rule", "dimensions", "capacity", "certificate_hours", "certificate_sessions"]
    names += ["recording_published", "recording_url", "source", "version"]
    initial = {name: getattr(event, name) for name in names}
    initial |= {
        f"{name}_{suffix}": getattr(event, f"{name}_{suffix}") or "" for name in TRANSLATED for suffix in SUFFIXES
    }
    detail = event.audience or {}
    initial |= {
        "editions": [str(year) for year in detail.get("editions", [])],
        "step": detail.get("step", ""),
        "kinds": detail.get("kinds", []),
        "governments": "\n".join(detail.get("governments", [])),
        "emails": "\n".join(detail.get("emails", [])),
        "practice_keys": " ".join(event.practice_keys),
    }
    if not event.sessions.all():
        initial |= {"starts_on": event.starts_on, "ends_on": event.ends_on}
    for name in ("opens", "closes"):
        instant = getattr(event, f"registration_{name}_at")
        if instant:
            local = timezone.localtime(instant)
            initial |= {f"{name}_on": local.date(), f"{name}_time": local.time()}
    return initial
