"""The lists on the page of an event: sessions, speakers, materials, testimonials, organisers; and all its forms together."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import DateField, UploadField
from core.text import normalise
from governments.models import Government, Organisation

from .forms_desk import EventForm, TimeInput, area, initial_of
from .models import HomeKind, Language, MaterialType

BLANK_LINES, MORE_LINES, MOST_LINES = 1, 2, 30


class BodyField(forms.CharField):
    """A government or an organisation by its name, as lists of suggestions write it."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 250)
        kwargs.setdefault("widget", forms.TextInput(attrs={"list": "organizacoes"}))
        super().__init__(required=False, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        return body_named(text) if text else None


def body_named(text):
    sought = normalise(text)
    for organisation in Organisation.objects.select_related("body"):
        if normalise(organisation.name) == sought:
            return organisation.body
    found = list(Government.objects.search(text.replace("(", " ").replace(")", " ")).select_related("body"))
    same = [each for each in found if sought in (normalise(str(each)), normalise(each.name))]
    if len(same) == 1:
        return same[0].body
    raise ValidationError(
        _(
            "«%(text)s» não é uma organização nem um governo do portal. Escreva o nome inteiro, como «Canoas (RS)», ou deixe em branco."
        ),
        params={"text": text},
    )


class Line(forms.Form):
    """One line of a list on the page. An empty one is left out, and so is one that is marked to be removed."""

    needed: tuple = ()
    row = forms.IntegerField(widget=forms.HiddenInput, required=False, localize=False)
    remove = forms.BooleanField(label=_("Remover"), required=False)

    def clean(self):
        facts = super().clean() or {}
        if self.is_left_out(facts):
            self.errors.clear()
            return facts
        for name, words in self.needed:
            if not facts.get(name) and name not in self.errors:
                self.add_error(name, words)
        return facts

    def is_left_out(self, facts):
        """Nothing typed: choices that stand there by themselves are not something typed."""
        typed = [name for name in self.changed_data if name not in ("row", "remove")]
        return facts.get("remove") or (not typed and not facts.get("row"))

    @property
    def told(self):
        return None if self.is_left_out(self.cleaned_data) else self.cleaned_data


class SessionLine(Line):
    needed = (
        ("day", _("Informe o dia desta sessão.")),
        ("time", _("Informe a hora em que começa.")),
        ("minutes", _("Informe quantos minutos dura.")),
    )
    day = DateField(label=_("Dia"), required=False)
    time = forms.TimeField(label=_("Começa às"), required=False, widget=TimeInput())
    minutes = forms.IntegerField(label=_("Minutos"), min_value=5, max_value=1440, initial=90, required=False)
    title_pt_br = forms.CharField(label=_("Título da sessão"), max_length=250, required=False)
    title_en = forms.CharField(label=_("em inglês"), max_length=250, required=False)
    title_es = forms.CharField(label=_("em espanhol"), max_length=250, required=False)

    def content(self):
        facts = self.cleaned_data
        starts_at = timezone.make_aware(datetime.combine(facts["day"], facts["time"]), timezone.get_default_timezone())
        titles = {name: facts[name] for name in ("title_pt_br", "title_en", "title_es")}
        return {"row": facts["row"], "starts_at": starts_at, "minutes": facts["minutes"], **titles}


class SpeakerLine(Line):
    needed = (("name", _("Escreva o nome de quem fala.")),)
    name = forms.CharField(label=_("Nome"), max_length=200, required=False)
    role_pt_br = forms.CharField(label=_("Função"), max_length=200, required=False)
    role_en = forms.CharField(label=_("em inglês"), max_length=200, required=False)
    role_es = forms.CharField(label=_("em espanhol"), max_length=200, required=False)
    home_kind = forms.ChoiceField(label=_("De onde vem"), choices=[("", "—"), *HomeKind.choices], required=False)
    home = BodyField(label=_("Organização ou governo"))

    def content(self):
        return {
            name: self.cleaned_data[name] for name in ("name", "role_pt_br", "role_en", "role_es", "home_kind", "home")
        }


class MaterialLine(Line):
    needed = (("title_pt_br", _("Dê um título ao material.")),)
    type = forms.ChoiceField(label=_("Tipo"), choices=MaterialType.choices, initial=MaterialType.SLIDES, required=False)
    title_pt_br = forms.CharField(label=_("Título"), max_length=250, required=False)
    title_en = forms.CharField(label=_("em inglês"), max_length=250, required=False)
    title_es = forms.CharField(label=_("em espanhol"), max_length=250, required=False)
    url = forms.URLField(label=_("Endereço na internet"), max_length=500, required=False, assume_scheme="https")
    upload = UploadField(label=_("ou um arquivo"), required=False)

    def content(self):
        names = ("row", "type", "title_pt_br", "title_en", "title_es", "url", "upload")
        return {name: self.cleaned_data[name] for name in names}


class TestimonialLine(Line):
    needed = (("text", _("Escreva o depoimento.")), ("name", _("Escreva quem disse.")))
    text = forms.CharField(label=_("Depoimento"), max_length=2000, required=False, widget=area(3))
    language = forms.ChoiceField(label=_("Idioma"), choices=Language.choices, initial="pt-br", required=False)
    name = forms.CharField(label=_("Quem disse"), max_length=200, required=False)
    role = forms.CharField(label=_("Função"), max_length=200, required=False)
    consent = forms.BooleanField(
        label=_("A pessoa autorizou a publicação"),
        required=False,
        help_text=_("Sem autorização o depoimento fica guardado e não aparece."),
    )

    def content(self):
        return {name: self.cleaned_data[name] for name in ("text", "language", "name", "role", "consent")}


class OrganiserLine(Line):
    body = BodyField(label=_("Organização ou governo"))

    def content(self):
        return self.cleaned_data["body"]


LINES = {
    "sessions": SessionLine,
    "speakers": SpeakerLine,
    "materials": MaterialLine,
    "testimonials": TestimonialLine,
    "organisers": OrganiserLine,
}


class EventForms:
    """The form of an event and its lists of lines, bound and checked together. Without an event and without data: a new one."""

    def __init__(self, *, event=None, data=None, uploads=None, dimensions=()):
        self.more = data.get("more", "") if data else ""
        data = _with_more_lines(data) if data else None
        initial = initial_of(event) if event else {"version": 0}
        self.event = EventForm(data, initial=initial, dimensions=dimensions)
        self.lists: dict[str, Any] = {}
        told = lines_of(event) if event else {name: [] for name in LINES}
        for name, form in LINES.items():
            lines = forms.formset_factory(form, extra=BLANK_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES + 10)
            self.lists[name] = lines(data, uploads, initial=told[name], prefix=name)

    @property
    def parts(self):
        return [self.event, *self.lists.values()]

    def is_valid(self):
        checked = [part.is_valid() for part in self.parts]  # all of them: each shows its errors
        valid = all(checked)
        if valid and not self._has_days():
            self.event.add_error(None, _("Informe ao menos uma sessão com dia e hora, ou o primeiro dia."))
        return valid and not self.event.errors

    def _has_days(self):
        return any(line.told for line in self.lists["sessions"]) or self.event.cleaned_data.get("starts_on")

    def content(self):
        lists = {name: [line.content() for line in lines if line.told] for name, lines in self.lists.items()}
        return self.event.content() | lists | {"organisers": [body for body in lists["organisers"] if body]}

    def rest_on(self, version):
        """Write the form over another version: the person has seen it."""
        data: Any = self.event.data
        data = data.copy()
        data["version"] = str(version)
        self.event.data = data


def _with_more_lines(data):
    """«Mais linhas»: the same page with more blank ones, everything typed in its place."""
    prefix = data.get("more")
    if prefix not in LINES:
        return data
    data = data.copy()
    total = data.get(f"{prefix}-TOTAL_FORMS", "0")
    data[f"{prefix}-TOTAL_FORMS"] = str(min(int(total if total.isdecimal() else 0) + MORE_LINES, MOST_LINES))
    return data


def lines_of(event):
    def session(row):
        local = timezone.localtime(row.starts_at)
        titles = {name: getattr(row, name) or "" for name in ("title_pt_br", "title_en", "title_es")}
        return {"row": row.pk, "day": local.date(), "time": local.time(), "minutes": row.minutes, **titles}

    def texts(row, *names):
        return {name: getattr(row, name) or "" for name in names}

    return {
        "sessions": [session(row) for row in event.sessions.all()],
        "speakers": [
            {
                **texts(row, "name", "role_pt_br", "role_en", "role_es", "home_kind"),
                "home": str(row.home or ""),
                "row": row.pk,
            }
            for row in event.speakers.all()
        ],
        "materials": [
            {**texts(row, "type", "title_pt_br", "title_en", "title_es", "url"), "row": row.pk}
            for row in event.materials.all()
        ],
        "testimonials": [
            {**texts(row, "text", "language", "name", "role"), "consent": row.consent, "row": row.pk}
            for row in event.testimonials.all()
        ],
        "organisers": [{"body": str(body), "row": body.pk} for body in event.organisers.all()],
    }
