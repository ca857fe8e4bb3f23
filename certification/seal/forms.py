from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _


class RevocationForm(forms.Form):
    """The public reason of a revocation."""

    reason = forms.CharField(
        label=_("Motivo público"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Este texto aparece na página pública do selo, para sempre."),
        error_messages={"required": _("Escreva o motivo: ele aparece na página pública do selo.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class ReplacementForm(forms.Form):
    """The public reason of a replacement, and what the new seal says: filled in with what the present one says."""

    reason = forms.CharField(
        label=_("Motivo público"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Diga o que estava errado. Este texto aparece na página pública do selo antigo, para sempre."),
        error_messages={"required": _("Escreva o motivo: ele aparece na página pública do selo.")},
    )
    signatory_name = forms.CharField(label=_("Nome de quem assinou o documento de intenção"), max_length=200)
    signatory_position = forms.CharField(label=_("Cargo de quem assinou"), max_length=120)
    earlier_source = forms.CharField(label=_("Fonte do registro"), max_length=300)
    valid_until = forms.DateField(
        label=_("Válido até"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, said, **kwargs):
        super().__init__(*args, **kwargs | {"initial": said, "auto_id": "new_%s"})
        # A seal from before the portal has a source in place of a signatory.
        for name in set(self.fields) - {"reason"} - set(said):
            del self.fields[name]
        self.helper = FormHelper()
        self.helper.form_tag = False

    @property
    def corrections(self):
        """{field: text} as the domain keeps it."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        ends = said["valid_until"]
        return said | {"valid_until": ends.isoformat() if ends else ""}


class PublicationForm(forms.Form):
    """Publishing cannot be taken back, so the year is typed again."""

    year = forms.IntegerField(label=_("Para confirmar, digite o ano da edição"), localize=False)

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_year(self):
        if self.cleaned_data["year"] != self.edition.year:
            raise forms.ValidationError(
                _("O ano digitado não é o desta edição (%(year)s).") % {"year": self.edition.year}
            )
        return self.cleaned_data["year"]
