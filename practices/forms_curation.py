"""The forms of the curators: ten features with a note each, notes on fields, whose a proposal is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import area
from governments.models import Body

from .curation import NOTED
from .labels import LABELS
from .models import Feature, Verdict

# What each feature asks of a sheet, in plain words.
QUESTIONS = {
    Feature.OWNERSHIP: _("Quem é do lugar decide e cuida da prática?"),
    Feature.INNOVATION: _("É algo novo para o lugar em que foi feita?"),
    Feature.REPLICABILITY: _("Outro governo conseguiria fazer o mesmo com o que está escrito?"),
    Feature.TANGIBLE_RESULTS: _("Há resultados que se veem, com número e fonte?"),
    Feature.HIGH_LEVEL_ENDORSEMENT: _("Quem dirige o governo ou a organização apoia?"),
    Feature.EXISTING_PRIORITIES: _("Faz parte de planos e prioridades que já existiam?"),
    Feature.EXPERTISE: _("Apoia-se em quem tem experiência no assunto?"),
    Feature.SYNERGY: _("Completa outras iniciativas, sem repetir o que já é feito?"),
    Feature.ADDED_VALUE: _("A cooperação internacional acrescentou algo que não haveria sem ela?"),
    Feature.KNOWLEDGE_EXCHANGE: _("Faz circular conhecimento entre quem faz e quem aprende?"),
}
# The id of the one form of the curators' page: its fields stand in two columns.
FORM = "curar"
VERDICTS = [("", _("ainda não lida")), *Verdict.choices]


class ChecksForm(forms.Form):
    """Two fields a feature: yes or no, and why."""

    based_on = forms.CharField(widget=forms.HiddenInput(attrs={"form": FORM}), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for feature in Feature:
            self.fields[f"verdict_{feature}"] = forms.ChoiceField(
                label=feature.label,
                help_text=QUESTIONS[feature],
                choices=VERDICTS,
                required=False,
                widget=forms.Select(attrs={"form": FORM}),
            )
            self.fields[f"note_{feature}"] = forms.CharField(
                label=_("Por quê"), required=False, max_length=1000, widget=area(2)
            )

    def lines(self):
        """[(verdict field, note field, name of the feature)] in their order."""
        return [(self[f"verdict_{each}"], self[f"note_{each}"], each.label) for each in Feature]

    def read(self):
        facts = self.cleaned_data
        return {each.value: (facts[f"verdict_{each}"], facts[f"note_{each}"]) for each in Feature}


def initial_of(checks, stamp):
    facts = {"based_on": stamp}
    for feature, check in checks.items():
        facts |= {f"verdict_{feature}": check.verdict, f"note_{feature}": check.note}
    return facts


class ReturnForm(forms.Form):
    """A note for each part of the sheet, most of them left empty."""

    message = forms.CharField(
        label=_("Mensagem"),
        required=False,
        max_length=2000,
        widget=area(3),
        help_text=_("Abre a mensagem a quem propôs."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in NOTED:
            self.fields[f"on_{name}"] = forms.CharField(
                label=LABELS[name], required=False, max_length=2000, widget=area(2)
            )

    def notes(self):
        return {name: self.cleaned_data[f"on_{name}"] for name in NOTED}

    def note_fields(self):
        return [self[f"on_{name}"] for name in NOTED]


class OwnerForm(forms.Form):
    """Whose a proposal is: an organisation or government of the portal, or a new organisation made from it."""

    body = forms.ModelChoiceField(
        label=_("De quem é a prática"),
        queryset=Body.objects.none(),
        required=False,
        empty_label=_("Criar a organização desta proposta"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Body.objects.filter(kind=Body.Kind.ORGANISATION).select_related("organisation", "government")
        self.fields["body"].queryset = rows.order_by("organisation__name")
