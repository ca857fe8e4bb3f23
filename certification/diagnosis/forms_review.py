from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput


class ReturnForm(forms.Form):
    """Until when the government may correct, and a message above the notes."""

    correct_until = forms.DateField(
        label=_("Corrigir até (fim do dia, horário de Brasília)"),
        widget=DateInput,
        error_messages={"required": _("Informe até quando o governo pode corrigir.")},
    )
    message = forms.CharField(
        label=_("Mensagem ao governo"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_correct_until(self):
        day = self.cleaned_data["correct_until"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("O prazo de correção precisa ser hoje ou depois."))
        return day
