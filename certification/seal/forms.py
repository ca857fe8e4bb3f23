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
