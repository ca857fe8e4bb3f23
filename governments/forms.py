"""Forms of the team room."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from governments.models import AccessRequest, Invitation, Membership

ROLE_HELP = _(
    "Gestora ou gestor: conduz a equipe e envia as etapas. Equipe: preenche a sua parte. Leitura: só acompanha."
)


class InviteForm(forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ["email", "role", "department"]
        help_texts = {"role": ROLE_HELP, "email": _("Enviaremos um convite que vale por 7 dias.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].initial = Membership.Role.EDITOR
        without_empty_choice(self.fields["role"])

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class MemberForm(forms.ModelForm):
    class Meta:
        model = Membership
        fields = ["role", "department", "position"]
        help_texts = {"role": ROLE_HELP}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        without_empty_choice(self.fields["role"])


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Nome do município ou do estado"),
        max_length=100,
        required=False,
        help_text=_("Escreva o nome, com a UF se quiser: «Canoas RS»."),
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class AskForm(forms.ModelForm):
    class Meta:
        model = AccessRequest
        fields = ["department", "position", "message"]
        widgets = {"message": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"message": _("Opcional. Diga o que ajuda a reconhecer você, por exemplo quem indicou.")}


class DecisionForm(forms.Form):
    """Yes with a role, or no with a reason: one form, two buttons."""

    role = forms.ChoiceField(
        label=_("Papel"), choices=Membership.Role.choices, initial=Membership.Role.EDITOR, required=False
    )
    reason = forms.CharField(
        label=_("Motivo da recusa"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self):
        cleaned = super().clean()
        if "decline" in self.data and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Escreva o motivo: ele vai na mensagem à pessoa que pediu."))
        return cleaned


def without_empty_choice(field):
    field.choices = [(value, capfirst(label)) for value, label in field.choices if value]
