"""Forms of the answering side that are not one question: a new piece of evidence, and who answers what."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateField, UploadField
from governments.models import Evidence


class EvidenceForm(forms.Form):
    """A file or an address: one of the two."""

    file = UploadField(label=_("Arquivo"), required=False)
    url = forms.URLField(
        label=_("ou endereço na internet"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Por exemplo, a página da lei no diário oficial."),
    )
    title = forms.CharField(
        label=_("Título"),
        required=False,
        max_length=200,
        help_text=_("Como a comprovação aparecerá. Em branco, fica o nome do arquivo ou o endereço."),
    )
    kind = forms.ChoiceField(label=_("Tipo"), choices=Evidence.Kind.choices, initial=Evidence.Kind.OTHER)
    document_date = DateField(label=_("Data do documento"), required=False)

    def clean(self):
        facts = super().clean()
        if self.errors:
            return facts
        if bool(facts.get("file")) == bool(facts.get("url")):
            raise forms.ValidationError(_("Envie um arquivo ou informe um endereço na internet: um dos dois."))
        return facts
