"""Form fields the rooms share."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import files


def area(rows, **attrs):
    return forms.Textarea(attrs={"rows": rows, **attrs})


class UploadInput(forms.ClearableFileInput):
    """A plain file input: what is stored is shown beside it by the page, never as an address."""

    template_name = "django/forms/widgets/file.html"


class UploadField(forms.FileField):
    """A file of the allowed kinds. The content is checked by `files.store`; here only what can be told before reading it."""

    widget = UploadInput

    def __init__(self, *args, kinds=files.EVIDENCE, **kwargs):
        self.kinds = kinds
        kwargs.setdefault("help_text", upload_help(kinds))
        super().__init__(*args, **kwargs)

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"accept": ",".join(files.suffixes(self.kinds))}

    def clean(self, data, initial=None):
        uploaded = super().clean(data, initial)
        if uploaded and uploaded.size > files.max_bytes():
            words = {"name": uploaded.name, "limit": files.max_bytes() // files.MEBIBYTE}
            text = _(
                "O arquivo «%(name)s» passa do limite de %(limit)s MiB. Reduza ou divida o arquivo e envie de novo."
            )
            raise ValidationError(text, code="file_too_large", params=words)
        return uploaded


def upload_help(kinds):
    words = [kind.upper() for kind in kinds]
    return _("Aceita %(kinds)s, até %(limit)s MiB.") % {
        "kinds": ", ".join(words),
        "limit": files.max_bytes() // files.MEBIBYTE,
    }


class DateInput(forms.DateInput):
    """The browser's own date picker, which understands 2026-03-09 only, whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class DateField(forms.DateField):
    """A date by the picker, or typed as on paper where there is none."""

    widget = DateInput

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y"])
        super().__init__(**kwargs)

    def to_python(self, value):
        """A year mistyped (0206, 20206) would be no date of anything, and calendars cannot count past either end."""
        day = super().to_python(value)
        if day and not 1900 <= day.year <= 2200:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class MonthInput(forms.DateInput):
    input_type = "month"

    def __init__(self, attrs=None):
        super().__init__({"placeholder": pgettext_lazy("exemplo de mês", "2026-05")} | (attrs or {}), format="%Y-%m")


class MonthField(forms.Field):
    """A month, kept as its first day: «2026-05» from the picker, «05/2026» where it is typed."""

    widget = MonthInput
    default_error_messages = {"invalid": _("Informe o mês e o ano, por exemplo 05/2026.")}
    SHAPES = (re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})"), re.compile(r"(?P<month>\d{1,2})/(?P<year>\d{4})"))

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value.replace(day=1)
        for shape in self.SHAPES:
            found = shape.fullmatch(str(value).strip())
            if found and 1900 <= int(found["year"]) <= 2200 and 1 <= int(found["month"]) <= 12:
                return date(int(found["year"]), int(found["month"]), 1)
        raise ValidationError(self.error_messages["invalid"], code="invalid")

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True
