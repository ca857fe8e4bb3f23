"""The form of a progress entry, of its evidence, and of a verification."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateField, UploadField
from governments.models import Evidence

from .evidence import NewPiece
from .models import ProgressStatus, Verdict

OFFERED_PIECES = 50


class LibraryField(forms.TypedMultipleChoiceField):
    """Pieces by their key; the domain knows whose they are."""

    def valid_value(self, value):
        return str(value).isdecimal()


class PieceForm(forms.Form):
    """Evidence: a new file or address, and pieces of the library."""

    file = UploadField(label=_("Arquivo"), required=False)
    url = forms.URLField(label=_("ou endereço na internet"), required=False, max_length=500, assume_scheme="https")
    piece_title = forms.CharField(
        label=_("Título da comprovação"),
        required=False,
        max_length=200,
        help_text=_("Em branco, fica o nome do arquivo ou o endereço."),
    )
    piece_kind = forms.ChoiceField(
        label=_("Tipo"), choices=Evidence.Kind.choices, initial=Evidence.Kind.OTHER, required=False
    )
    pieces = LibraryField(
        label=_("Usar da biblioteca"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def offer(self, library):
        """What to choose from, read only where the form is shown."""
        self.fields["pieces"].choices = [(piece.pk, piece.title) for piece in library]

    def clean(self):
        facts = super().clean()
        if facts.get("file") and facts.get("url"):
            self.add_error("url", _("Envie um arquivo ou informe um endereço: um de cada vez."))
        return facts

    def evidence(self):
        """The pieces as the domain takes them."""
        facts = self.cleaned_data
        found = list(facts.get("pieces", []))
        if facts["file"] or facts["url"]:
            kind = facts["piece_kind"] or Evidence.Kind.OTHER
            new = NewPiece(file=facts["file"] or None, url=facts["url"], title=facts["piece_title"], kind=kind)
            found.append(new)
        return found


class MorePiecesForm(PieceForm):
    """Evidence for an entry that exists: at least one piece."""

    def clean(self):
        facts = super().clean()
        if not self.errors and not (facts.get("file") or facts.get("url") or facts.get("pieces")):
            raise forms.ValidationError(_("Envie um arquivo, informe um endereço ou escolha na biblioteca."))
        return facts


class EntryForm(PieceForm):
    """What happened: day, how it stands, how much of how much, in the government's own words."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    dated_on = DateField(
        label=_("Data"),
        help_text=_("O dia de que o registro fala."),
        error_messages={"required": _("Informe a data do registro.")},
    )
    status = forms.ChoiceField(
        label=_("Situação da ação"),
        choices=ProgressStatus.choices,
        widget=forms.RadioSelect,
        help_text=_("«Em atraso» e «não entregue» são respostas como as outras: servem para planejar melhor."),
        error_messages={"required": _("Escolha a situação da ação.")},
    )
    done = forms.DecimalField(
        label=_("Quanto foi feito"), required=False, min_value=0, max_digits=12, decimal_places=2, localize=True
    )
    total = forms.DecimalField(label=_("de quanto"), required=False, max_digits=12, decimal_places=2, localize=True)
    unit = forms.CharField(
        label=_("O que se conta"),
        required=False,
        max_length=100,
        help_text=_("Por exemplo: reuniões com ata, escolas com monitor. O grau de implementação sai destes números."),
    )
    text = forms.CharField(
        label=_("O que aconteceu"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Conte em poucas palavras o que aconteceu.")},
    )

    FIELDS = ("dated_on", "status", "done", "total", "unit", "text", "key")
    field_order = ["key", "dated_on", "status", "done", "total", "unit", "text"]

    def facts(self):
        return {name: self.cleaned_data[name] for name in self.FIELDS}

    @staticmethod
    def start(today, corrected=None):
        """What a new entry begins with; a correction begins with what it corrects."""
        fresh = {"key": uuid.uuid4().hex, "dated_on": today}
        if corrected is None:
            return fresh
        numbers = {name: getattr(corrected, name) for name in ("done", "total")}
        plain = {name: value if value is None else value.normalize() for name, value in numbers.items()}
        return fresh | plain | {name: getattr(corrected, name) for name in ("dated_on", "status", "unit", "text")}


class VerificationForm(forms.Form):
    verdict = forms.ChoiceField(
        choices=Verdict.choices, error_messages={"required": _("Escolha: confirmar ou pedir comprovação.")}
    )
    text = forms.CharField(max_length=3000, required=False)
