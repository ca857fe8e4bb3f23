"""The forms of who writes a sheet: the text with its figures, a document, the proposal by the open form."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from core.forms import DateField, UploadField, area
from dimensions import catalogue
from governments.models import OrganisationKind

from .fields import DimensionsField, FigureField, LinesField, TargetsField
from .filters import LANGUAGES, states
from .models import DocumentType
from .writing import SheetContent

# The id of the one form of a sheet's page: a document's fields stand below it and are sent with it.
FORM = "ficha"
MOST_LINES = 12
BLANK_LINES = 2
# The field to mend, where a need names a part of the page that holds several.
FIELD_OF_PART = {"dimensoes": "dimensions", "resultados": "what"}
NEEDED_IN_PUBLIC = _("A ficha está publicada e não pode ficar sem isto.")
LONG = {"max_length": 6000, "required": False}


def dimension_choices():
    questionnaire = catalogue.latest()
    return (
        [(str(each.number), f"{each.number}. {each.name}") for each in questionnaire.dimensions]
        if questionnaire
        else []
    )


def uf_choices():
    return [("", _("Não se aplica")), *((uf, name) for uf, name, _region in states())]


class BodyForm(forms.Form):
    """Which of one's governments and organisations a new sheet is of: asked where there are several."""

    body = forms.ChoiceField(
        label=_("Em nome de"), error_messages={"required": _("Diga em nome de quem a prática é contada.")}
    )

    def __init__(self, *args, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [("", _("Escolha")), *((str(body.pk), str(body)) for body in bodies)]
        self.fields["body"].required = len(bodies) > 1


class SheetForm(forms.Form):
    """The text of a sheet. A draft may be saved incomplete: only the title is needed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, localize=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    title_pt_br = forms.CharField(
        label=_("Título"),
        max_length=200,
        help_text=_("O que se faz, em uma linha: «Calendário único de mediação»."),
        error_messages={"required": _("Dê um título à prática, em português.")},
    )
    summary_pt_br = forms.CharField(
        label=_("Resumo"),
        max_length=600,
        required=False,
        widget=area(3),
        help_text=_("Duas ou três frases: o que é, para quem e o que mudou."),
    )
    title_en = forms.CharField(label=_("Título em inglês"), max_length=200, required=False)
    summary_en = forms.CharField(label=_("Resumo em inglês"), max_length=600, required=False, widget=area(2))
    title_es = forms.CharField(label=_("Título em espanhol"), max_length=200, required=False)
    summary_es = forms.CharField(label=_("Resumo em espanhol"), max_length=600, required=False, widget=area(2))
    language = forms.ChoiceField(label=_("Idioma do relato"), choices=LANGUAGES.items(), initial="pt-br")
    started_year = forms.IntegerField(
        label=_("Ano de início"),
        required=False,
        min_value=1950,
        max_value=2100,
        localize=False,
        error_messages={"invalid": _("Escreva o ano com quatro algarismos, como 2023.")},
    )
    dimensions = DimensionsField(
        label=_("Dimensões"),
        choices=lazy(dimension_choices, list),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("De que dimensões da governança migratória a prática trata."),
    )
    sdg_targets = TargetsField(
        label=_("Metas dos ODS"),
        max_length=200,
        required=False,
        help_text=_("Números separados por vírgula: 10.7, 16.6. Pode ficar em branco."),
    )
    context = forms.CharField(
        label=_("Contexto"), widget=area(4), help_text=_("O lugar, quem chega, o que já havia."), **LONG
    )
    problem = forms.CharField(
        label=_("Problema"), widget=area(4), help_text=_("O que não funcionava, e para quem."), **LONG
    )
    what_was_done = forms.CharField(
        label=_("O que foi feito"), widget=area(7), help_text=_("Em que ordem, com que decisões."), **LONG
    )
    who = forms.CharField(
        label=_("Quem fez"),
        widget=area(3),
        help_text=_("Órgãos e organizações, com o papel de cada um. Sem nomes de pessoas."),
        **LONG,
    )
    resources = forms.CharField(
        label=_("Recursos"),
        widget=area(3),
        help_text=_("Dinheiro, horas de equipe, espaço: o que custou de fato."),
        **LONG,
    )
    lessons = forms.CharField(
        label=_("O que se aprendeu"), widget=area(4), help_text=_("Também o que não deu certo."), **LONG
    )
    how_to_replicate = LinesField(
        label=_("Como repetir"),
        widget=area(6),
        required=False,
        max_length=6000,
        help_text=_("Um passo por linha, na ordem em que outro governo faria."),
    )
    migrants_part = forms.CharField(
        label=_("Participação das pessoas migrantes"),
        widget=area(3),
        help_text=_("Em que decidiram, fizeram ou avaliaram. Se não houve, diga."),
        **LONG,
    )
    quote = forms.CharField(
        label=_("Uma fala"),
        widget=area(2),
        max_length=600,
        required=False,
        help_text=_("De quem viveu a prática, com autorização."),
    )
    quote_by = forms.CharField(
        label=_("De quem é a fala"),
        max_length=200,
        required=False,
        help_text=_("A função, não o nome: «Moradora do bairro»."),
    )

    def clean_dimensions(self):
        return [int(number) for number in self.cleaned_data["dimensions"]]


class ResultForm(forms.Form):
    """One figure; an empty line is left out."""

    what = forms.CharField(label=_("Resultado"), max_length=300, required=False)
    figure = FigureField(label=_("Número"), max_length=30, required=False)
    of = FigureField(label=_("De um total de"), max_length=30, required=False)
    unit = forms.CharField(label=_("Unidade"), max_length=100, required=False)
    source = forms.CharField(label=_("Fonte"), max_length=200, required=False)

    NEEDED = {
        "what": _("Diga o que este número conta."),
        "figure": _("Informe o número deste resultado."),
        "unit": _("Informe a unidade: pessoas, dias, por cento."),
        "source": _("Informe de onde vem o número."),
    }

    def clean(self):
        facts = super().clean()
        if self.errors or not any(value not in (None, "") for value in facts.values()):
            return facts
        for name, message in self.NEEDED.items():
            if facts.get(name) in (None, ""):
                self.add_error(name, message)
        return facts


ResultLines = forms.formset_factory(ResultForm, extra=BLANK_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES + 4)


class SheetForms:
    """The text and its figures, bound and checked together. Without data: of a practice, or of a new one."""

    def __init__(self, *, data=None, practice=None, key=""):
        self.wants_more = bool(data and data.get("more"))
        data = _with_more_lines(data) if self.wants_more else data
        self.sheet = SheetForm(data, initial=_initial(practice) if practice else {"key": key or uuid.uuid4().hex})
        self.results = ResultLines(data, initial=_results_of(practice), prefix="results")

    @property
    def all(self):
        return [self.sheet, self.results]

    def is_valid(self):
        valid = [part.is_valid() for part in self.all]  # both of them: each shows its errors
        return all(valid)

    def say_lost(self, needs):
        """What a published sheet may not lose, each at its field."""
        for need in needs:
            name = FIELD_OF_PART.get(need.anchor, need.anchor.removeprefix("id_"))
            part = self.sheet if name in self.sheet.fields else next(iter(self.results), None)
            if part is None:
                self.sheet.add_error(None, f"{need.label}: {NEEDED_IN_PUBLIC}")
            else:
                part.add_error(name, NEEDED_IN_PUBLIC)

    def rest_on(self, version):
        """Write the form over another version: the person has seen it."""
        self.sheet.data = self.sheet.data.copy()
        self.sheet.data["version"] = str(version)

    @property
    def based_on(self):
        return self.sheet.cleaned_data["version"]

    @property
    def key(self):
        return self.sheet.cleaned_data["key"]

    def content(self):
        facts = {name: value for name, value in self.sheet.cleaned_data.items() if name not in ("version", "key")}
        results = [line for line in (form.cleaned_data for form in self.results) if line.get("what")]
        return SheetContent(facts, dimensions=facts.pop("dimensions"), results=results)


def _with_more_lines(data):
    data = data.copy()
    total = data.get("results-TOTAL_FORMS", "0")
    number = int(total) if total.isascii() and total.isdigit() else 0
    data["results-TOTAL_FORMS"] = str(min(number + BLANK_LINES, MOST_LINES))
    return data


def _initial(practice):
    names = [name for name in SheetForm.base_fields if name not in ("key", "dimensions")]
    facts = {name: getattr(practice, name) for name in names}
    return {**facts, "dimensions": [str(number) for number in practice.dimensions]}


def _results_of(practice):
    if practice is None:
        return []
    names = ("what", "figure", "of", "unit", "source")
    return [{name: getattr(row, name) for name in names} for row in practice.results.all()]


class DocumentForm(forms.Form):
    """One document. A file, a piece of the library or an address; or only its name, to be put there later."""

    title = forms.CharField(
        label=_("Título do documento"),
        max_length=200,
        error_messages={"required": _("Escreva o título do documento.")},
    )
    type = forms.ChoiceField(label=_("Tipo"), choices=DocumentType.choices, initial=DocumentType.GUIDE)
    dated_on = DateField(label=_("Data"), required=False, help_text=_("A que está escrita nele."))
    place = forms.CharField(label=_("Lugar"), max_length=120, required=False, help_text=_("Onde foi publicado."))
    edition = forms.CharField(
        label=_("Edição ou versão"), max_length=60, required=False, help_text=_("Por exemplo: 2.ª edição.")
    )
    language = forms.ChoiceField(label=_("Idioma"), choices=[("", "–"), *LANGUAGES.items()], required=False)
    uploaded = UploadField(label=_("Arquivo"), required=False)
    evidence = forms.ModelChoiceField(
        label=_("Ou da biblioteca"), queryset=None, required=False, empty_label=_("nenhum"), blank=True
    )
    url = forms.URLField(
        label=_("Ou endereço na internet"),
        max_length=500,
        required=False,
        assume_scheme="https",
        empty_value="",
        help_text=_("Serve também para vídeo."),
    )

    def __init__(self, *args, library=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["evidence"].queryset = library
        if library is None:
            del self.fields["evidence"], self.fields["uploaded"]
        for name in self.fields:
            self.fields[name].widget.attrs["form"] = FORM

    def clean(self):
        facts = super().clean()
        places = [name for name in ("uploaded", "evidence", "url") if facts.get(name)]
        if len(places) > 1:
            raise ValidationError(_("Escolha um só lugar: o arquivo, a biblioteca ou o endereço."))
        return facts


class ProposerForm(forms.Form):
    """Who proposes by the open form."""

    organisation = forms.CharField(
        label=_("Organização"), max_length=200, error_messages={"required": _("Escreva o nome da organização.")}
    )
    kind = forms.ChoiceField(label=_("Tipo de organização"), choices=OrganisationKind.choices)
    uf = forms.ChoiceField(label=_("Estado onde atua"), choices=lazy(uf_choices, list), required=False)
    website = forms.URLField(
        label=_("Página na internet"), max_length=500, required=False, assume_scheme="https", empty_value=""
    )
    contact_name = forms.CharField(
        label=_("Seu nome"), max_length=150, error_messages={"required": _("Escreva o seu nome.")}
    )
    contact_email = forms.EmailField(
        label=_("E-mail para contato"),
        help_text=_("Enviamos um endereço de confirmação. O e-mail nunca é publicado."),
        error_messages={"required": _("Escreva um e-mail: a confirmação chega por ele.")},
    )


class TextForm(forms.Form):
    """One text: an answer, a reason, what changed."""

    text = forms.CharField(widget=area(4), max_length=2000)

    def __init__(self, *args, label, required="", help_text="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, help_text
        if required:
            self.fields["text"].error_messages["required"] = required
