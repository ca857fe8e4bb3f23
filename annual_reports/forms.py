"""The editor of a draft: texts in three languages, figures with their source, testimonials."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from .domain import FIRST_YEAR
from .gathering import LANGUAGE_NAMES
from .models import SECTIONS, AnnualReport, Quote

FIGURES = ("media_count", "media_at_least", "media_source")
COURSE = ("course_people", "course_servants", "course_at_least", "course_source")
EMPTY_QUOTES = 2


class ReportForm(forms.ModelForm):
    """version: of the text it was opened with, so that nobody's words are overwritten unseen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    chosen = forms.MultipleChoiceField(
        label=_("Depoimentos dos eventos do ano"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = AnnualReport
        fields = [f"{name}_{code.replace('-', '_')}" for name in SECTIONS for code in LANGUAGE_NAMES]
        fields += [*FIGURES, *COURSE]

    def __init__(self, *args, offered=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = dict(offered)
        self.fields["chosen"].choices = [(key, row.text) for key, row in offered]
        self.fields["chosen"].initial = [key for key in self.instance.chosen if key in self.offered]
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs |= {
                    "rows": 9 if name.startswith("opening") else 6,
                    "lang": tag_of(name),
                    "class": "form-control",
                }
        self.helper = plain_helper()

    def clean(self):
        found = super().clean()
        for number, source in (("media_count", "media_source"), ("course_people", "course_source")):
            if found.get(number) is not None and not found.get(source):
                self.add_error(source, _("Diga de onde vem o número e de que período é."))
        people, servants = found.get("course_people"), found.get("course_servants")
        if servants is not None and people is None:
            self.add_error("course_people", _("Informe também o total de pessoas."))
        elif servants is not None and servants > people:
            self.add_error("course_servants", _("Este número não pode passar do total de pessoas."))
        return found

    def _post_clean(self):
        """The row is written by the domain, under its lock: nothing typed touches it before."""

    def groups(self):
        """[(label, fields in three languages)] in reading order."""
        return [
            {
                "name": name,
                "label": AnnualReport._meta.get_field(name).verbose_name,
                "fields": [
                    (language, self[f"{name}_{code.replace('-', '_')}"]) for code, language in LANGUAGE_NAMES.items()
                ],
            }
            for name in SECTIONS
        ]

    @property
    def media(self):
        return forms.Media()

    def figures(self):
        return [self[name] for name in FIGURES]

    def course(self):
        return [self[name] for name in COURSE]

    def choices(self):
        """[(checkbox, testimonial)]"""
        boxes = {box.data["value"]: box for box in self["chosen"]}
        return [(boxes[key], row) for key, row in self.offered.items()]


def tag_of(name):
    return {"br": "pt-BR"}.get(name.rpartition("_")[2], name.rpartition("_")[2])


class QuoteForm(forms.ModelForm):
    class Meta:
        model = Quote
        fields = ["text", "language", "name", "role", "consent"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 3
        self.helper = plain_helper()


QuoteFormSet = forms.formset_factory(
    QuoteForm, extra=EMPTY_QUOTES, can_delete=True, can_delete_extra=False, max_num=30, absolute_max=40
)


def plain_helper():
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class YearForm(forms.Form):
    year = forms.IntegerField(label=_("Ano"), min_value=FIRST_YEAR)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()


class CorrectionForm(forms.Form):
    reason = forms.CharField(
        label=_("O que se corrige"),
        help_text=_("Aparece na página do relatório e na capa do PDF."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={"required": _("Escreva o que se corrige: aparece na página do relatório.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()
