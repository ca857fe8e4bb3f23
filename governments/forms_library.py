"""The form of a piece of evidence."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import files
from core.forms import DateField, UploadField
from governments.models import Evidence


class PieceForm(forms.Form):
    """A file or an address, one of the two, with what is known about it."""

    uploaded = UploadField(label=_("Arquivo"), kinds=files.EVIDENCE, required=False)
    url = forms.URLField(
        label=_("Ou endereço na internet"), max_length=500, required=False, assume_scheme="https", empty_value=""
    )
    title = forms.CharField(
        label=_("Título"), max_length=200, required=False, help_text=_("Como a equipe vai encontrar este documento.")
    )
    kind = forms.ChoiceField(label=_("Tipo"), choices=Evidence.Kind.choices, initial=Evidence.Kind.OTHER)
    document_date = DateField(
        label=_("Data do documento"), required=False, help_text=_("A que está escrita nele, não a de hoje.")
    )

    def clean(self):
        cleaned = super().clean()
        if {"uploaded", "url"} & self.errors.keys():
            return cleaned
        if bool(cleaned.get("uploaded")) == bool(cleaned.get("url")):
            raise ValidationError(_("Escolha um arquivo ou escreva um endereço na internet: um dos dois."))
        return cleaned
