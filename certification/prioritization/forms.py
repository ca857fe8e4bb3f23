"""The form of an action with its lines of partners and next moves."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateField, area

from .content import TEXTS, ActionContent, Move, Partner

BLANK_LINES = 3
MOST_LINES = 40
LONG = {"max_length": 3000, "required": False}


class DimensionField(forms.TypedChoiceField):
    """The dimensions are only read where the form is shown; the domain knows which there are."""

    def valid_value(self, value):
        return str(value).isdecimal()


class ActionForm(forms.Form):
    """The fields of an action. A draft may be saved incomplete: only the title is needed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, localize=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    title = forms.CharField(
        label=_("O que vai ser feito"),
        max_length=200,
        help_text=_("Em uma linha, começando pelo que fica pronto no fim."),
        error_messages={"required": _("Escreva em uma linha o que vai ser feito.")},
    )
    dimension = DimensionField(
        label=_("Dimensão"),
        coerce=int,
        error_messages={"required": _("Escolha a dimensão a que a ação pertence.")},
    )
    why = forms.CharField(
        label=_("Por que esta ação"), widget=area(4), help_text=_("O que o diagnóstico mostrou."), **LONG
    )
    objective = forms.CharField(label=_("Objetivo"), widget=area(3), **LONG)
    department = forms.CharField(
        label=_("Órgão responsável"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "secretarias"}),
    )
    responsible = forms.CharField(
        label=_("Quem responde pela ação"),
        max_length=200,
        required=False,
        help_text=_("Cargo ou função, não o nome: a ação continua se a pessoa mudar."),
    )
    place = forms.CharField(label=_("Onde"), max_length=200, required=False)
    starts_on = DateField(label=_("Início"), required=False)
    ends_on = DateField(label=_("Fim"), required=False, help_text=_("O plano é para cerca de seis meses."))
    expected_result = forms.CharField(label=_("Resultado esperado"), widget=area(3), **LONG)
    measure = forms.CharField(
        label=_("Como saberemos que deu certo"),
        widget=area(3),
        help_text=_("Um número ou um documento que qualquer pessoa possa conferir."),
        **LONG,
    )

    def __init__(self, *args, own=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not own:
            del self.fields["dimension"]

    def offer(self, dimensions):
        if "dimension" in self.fields:
            choices = [(each.number, f"{each.number}. {each.name}") for each in dimensions]
            self.fields["dimension"].choices = [("", _("Escolha")), *choices]

    def clean(self):
        facts = super().clean()
        starts, ends = facts.get("starts_on"), facts.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("O fim precisa ser no dia do início ou depois dele."))
        return facts


class PartnerForm(forms.Form):
    name = forms.CharField(
        label=_("Parceiro"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "organizacoes", "class": "form-control"}),
    )


class MoveForm(forms.Form):
    """One dated task; an empty line is left out."""

    on = DateField(label=_("Data"), required=False)
    time = forms.TimeField(
        label=_("Hora"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    text = forms.CharField(label=_("O que fazer"), max_length=300, required=False)
    role = forms.CharField(label=_("Quem"), max_length=200, required=False)

    def clean(self):
        facts = super().clean()
        if self.errors or not any(facts.values()):
            return facts
        if not facts.get("on"):
            self.add_error("on", _("Informe a data deste próximo passo."))
        if not facts.get("text"):
            self.add_error("text", _("Diga o que vai ser feito neste próximo passo."))
        return facts


def _lines(form):
    return forms.formset_factory(form, extra=BLANK_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES + 10)


PartnerLines, MoveLines = _lines(PartnerForm), _lines(MoveForm)


class ActionForms:
    """The three forms of one page, bound and checked together. Without an action and without data: a new action."""

    def __init__(self, *, data=None, action=None):
        # What answers a question has its dimension from it, and no field for one.
        own = "dimension" in data if data else action is None or action.indicator_id is None
        data = _with_more_lines(data) if data else None
        start = _initial(action) if action else {"key": uuid.uuid4().hex}
        self.action = ActionForm(data, initial=start, own=own)
        self.partners = PartnerLines(data, initial=_partners_of(action), prefix="partners")
        self.moves = MoveLines(data, initial=_moves_of(action), prefix="moves")
        self.wants_more = bool(data and data.get("more"))

    def is_valid(self):
        valid = [
            part.is_valid() for part in (self.action, self.partners, self.moves)
        ]  # all of them: each shows its errors
        return all(valid)

    def rest_on(self, version):
        """Write the form over another version: the person has seen it."""
        self.action.data = self.action.data.copy()
        self.action.data["version"] = str(version)

    def refuse(self, errors):
        """Show what the domain refused at its field."""
        for name, messages in errors.items():
            self.action.add_error(name if name in self.action.fields else None, messages)

    def content(self):
        facts = self.action.cleaned_data
        return ActionContent(
            **{name: facts[name] for name in (*TEXTS, "starts_on", "ends_on")},
            dimension=facts.get("dimension"),
            partners=tuple(Partner(line["name"]) for line in self.partners.cleaned_data if line.get("name")),
            next_moves=tuple(Move(**line) for line in self.moves.cleaned_data if line.get("text")),
        )


def _with_more_lines(data):
    """«Mais linhas»: the same page with more blank ones, everything typed in its place."""
    prefix = data.get("more")
    if prefix not in ("partners", "moves"):
        return data
    data = data.copy()
    total = data.get(f"{prefix}-TOTAL_FORMS", "0")
    data[f"{prefix}-TOTAL_FORMS"] = str(min(int(total if total.isdecimal() else 0) + BLANK_LINES, MOST_LINES))
    return data


def _initial(action):
    names = (*TEXTS, "version", "dimension", "starts_on", "ends_on")
    return {name: getattr(action, name) for name in names}


def _partners_of(action):
    return [{"name": partner.name} for partner in action.partners.all()] if action else []


def _moves_of(action):
    names = ("on", "time", "text", "role")
    return [{name: getattr(move, name) for name in names} for move in action.next_moves.all()] if action else []
