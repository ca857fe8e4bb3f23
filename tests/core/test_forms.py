from datetime import date

import pytest
from django import forms
from django.utils import translation

from core import files
from core.forms import DateField, MonthField, UploadField
from tests.core import samples


class Sheet(forms.Form):
    day = DateField(required=False)
    month = MonthField(required=False)
    document = UploadField(required=False, kinds=files.DOCUMENT)


@pytest.mark.parametrize("language", ["pt-br", "en", "es"])
def test_dates_reach_the_browsers_picker_in_the_shape_it_knows(language):
    with translation.override(language):
        page = str(Sheet(initial={"day": date(2026, 3, 9), "month": date(2026, 5, 1)}))
    assert 'type="date" name="day" value="2026-03-09"' in page
    assert 'type="month" name="month" value="2026-05"' in page


@pytest.mark.parametrize("typed", ["2026-13", "13/2026", "maio", "0000-01", "2026", "2026-05-09x", "99999-01"])
def test_what_is_no_month_is_refused(typed):
    form = Sheet({"month": typed})
    assert form.errors["month"] == ["Informe o mês e o ano, por exemplo 05/2026."]


@pytest.mark.parametrize("typed", ["2026-05", "05/2026", " 5/2026 "])
def test_a_month_is_kept_as_its_first_day(typed):
    form = Sheet({"month": typed})
    assert form.is_valid()
    assert form.cleaned_data["month"] == date(2026, 5, 1)


@pytest.mark.parametrize("typed", ["01/01/0001", "0206-05-09", "9999-12-31"])
def test_a_mistyped_year_is_no_date(typed):
    assert "day" in Sheet({"day": typed}).errors


def test_an_empty_month_is_none():
    form = Sheet({"month": ""})
    assert form.is_valid()
    assert form.cleaned_data["month"] is None


@pytest.mark.parametrize("typed", ["2026-03-09", "09/03/2026"])
def test_a_date_picked_or_typed(typed):
    form = Sheet({"day": typed})
    assert form.is_valid()
    assert form.cleaned_data["day"] == date(2026, 3, 9)


def test_an_upload_says_what_it_takes_and_how_much():
    page = str(Sheet())
    assert 'accept=".pdf"' in page
    assert "Aceita PDF, até 10 MiB." in page


def test_an_upload_past_the_limit_is_an_error_of_its_field(settings):
    settings.FILE_MAX_BYTES = files.MEBIBYTE
    form = Sheet({}, {"document": samples.upload("grande.pdf", b"x" * (files.MEBIBYTE + 1))})
    assert "«grande.pdf» passa do limite de 1 MiB" in form.errors["document"][0]
