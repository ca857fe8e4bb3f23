"""Forms of the enrolment. Everything may be saved half done; what is needed to send it, `requirements.py` says."""

from datetime import timedelta

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import files
from core.dates import end_of_day
from core.forms import DateField, UploadField

from . import people
from .course import CERTIFICATE
from .domain import TEXTS
from .models import CourseCompletion, Enrollment, ReferencePerson

ADVICE = {
    "email": _("Prefira o institucional: continua valendo quando a pessoa sai."),
    "phone": _("Só o do trabalho, com DDD."),
}


def _model_field(model, name, **kwargs):
    """A form field as the model has it, but never required: half an enrolment is saved too."""
    field = model._meta.get_field(name).formfield(required=False, **kwargs)
    field.label = str(field.label)[:1].upper() + str(field.label)[1:]
    return field


class PlainForm(forms.Form):
    """A form drawn by crispy inside the page's own form element."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class EnrollmentForm(PlainForm):
    """The whole enrolment on one page, with the version it was opened with."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    intent_document = UploadField(label=_("Documento de intenção assinado"), kinds=files.DOCUMENT, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in TEXTS:
            self.fields[name] = _model_field(Enrollment, name)
        self.fields["motives"].widget.attrs["rows"] = 7
        self.fields["motives"].help_text = _(
            "O que levou o governo a participar e o que espera da edição. Até 5.000 caracteres."
        )
        for place in people.PLACES:
            for name in people.FIELDS:
                self.fields[f"{place.key}_{name}"] = self._person_field(name)
        self.helper.layout = self._layout()

    @staticmethod
    def _person_field(name):
        field = _model_field(ReferencePerson, name)
        field.help_text = ADVICE.get(name, "")
        if name == "phone":
            field.widget.input_type = "tel"
        return field

    @staticmethod
    def _layout():
        def persons(pair):
            return [_person_block(place) for place in people.PLACES if place.pair == pair]

        return Layout(
            "version",
            Fieldset(_("Quem assina"), Div("signatory_name", "signatory_position", css_class="row"), "lead_department"),
            Fieldset(_("Primeira dupla: quem responde pelo governo"), *persons(1)),
            Fieldset(_("Segunda dupla (se houver)"), *persons(2)),
            Fieldset(_("Por que participar"), "motives"),
            Fieldset(_("Documento de intenção"), HTML('{% include "enrollment/_document.html" %}'), "intent_document"),
        )

    def content(self):
        """What `domain.save_enrollment` takes."""
        found = self.cleaned_data
        persons = {
            place: {name: found.get(f"{place.key}_{name}") or "" for name in people.FIELDS} for place in people.PLACES
        }
        return {name: found.get(name) or "" for name in TEXTS} | {"people": persons}


def _person_block(place):
    names = [f"{place.key}_{name}" for name in people.FIELDS]
    return Fieldset(
        place.label,
        Div(*names[:2], css_class="row"),
        names[2],
        Div(*names[3:], css_class="row"),
        css_class="person",
    )


def initial_of(content, version):
    """The fields of a form for an enrolment's content."""
    initial = {name: content[name] for name in TEXTS} | {"version": version}
    for place, person in content["people"].items():
        initial |= {f"{place.key}_{name}": text for name, text in person.items()}
    return initial


def label_of(form, name):
    """A field's label, with the place before it where it is a person's."""
    place = next((place for place in people.PLACES if name.startswith(f"{place.key}_")), None)
    label = form.fields[name].label
    return f"{place.label}: {label}" if place else label


class BeginForm(PlainForm):
    """For which government, in which edition."""

    choice = forms.ChoiceField(label=_("Governo e edição"), widget=forms.RadioSelect)

    def __init__(self, *args, calls, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [
            (f"{edition.year}-{government.ibge_code}", f"{government} · {edition}") for edition, government in calls
        ]
        if len(calls) == 1:
            self.fields["choice"].initial = self.fields["choice"].choices[0][0]


class ReturnForm(PlainForm):
    """What is to be corrected, and until when: the end of that day counts."""

    text = forms.CharField(
        label=_("O que corrigir"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("O governo lê este texto no formulário e no e-mail."),
        error_messages={"required": _("Escreva o que o governo precisa corrigir.")},
    )
    correct_until = DateField(
        label=_("Corrigir até"),
        help_text=_("Vale até 23h59 deste dia, horário de Brasília."),
        error_messages={"required": _("Informe até que dia o governo pode corrigir.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["correct_until"].initial = timezone.localdate() + timedelta(days=10)

    def clean_correct_until(self):
        day = self.cleaned_data["correct_until"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("O prazo de correção precisa ser hoje ou depois."))
        return end_of_day(day)


class ReasonForm(PlainForm):
    """The reason of a refusal, which the government reads."""

    reason = forms.CharField(
        label=_("Motivo"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("O governo lê este texto no portal e no e-mail."),
        error_messages={"required": _("Escreva o motivo: o governo precisa saber.")},
    )


class CourseForm(PlainForm):
    """A completion of the course by one of the people named."""

    person = forms.ModelChoiceField(
        label=_("Quem concluiu"),
        queryset=ReferencePerson.objects.none(),
        empty_label=_("Escolha a pessoa"),
        error_messages={"required": _("Escolha quem concluiu o curso.")},
    )
    completed_on = DateField(
        label=_("Data de conclusão"), error_messages={"required": _("Informe a data que está no certificado.")}
    )
    hours = forms.IntegerField(
        label=_("Carga horária (horas)"),
        min_value=1,
        max_value=400,
        initial=CourseCompletion._meta.get_field("hours").default,
    )
    certificate = UploadField(label=_("Certificado"), kinds=CERTIFICATE)

    def __init__(self, *args, enrollment, **kwargs):
        super().__init__(*args, **kwargs)
        if enrollment.pk:
            self.fields["person"].queryset = enrollment.people.exclude(name="")
        self.helper.layout = Layout("person", Div("completed_on", "hours", css_class="row"), "certificate")

    def clean_completed_on(self):
        day = self.cleaned_data["completed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("A data de conclusão não pode ser no futuro."))
        return day
