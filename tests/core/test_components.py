"""Components: what they say, that they quote what people wrote, and that nothing is left out of the gallery."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from core.templatetags import components
from core.views_gallery import GalleryForm, steps

EVIL = "<script>alert(1)</script>"
LAST_MINUTE = datetime(2026, 7, 1, 2, 59, tzinfo=UTC)  # 23h59 of the day before in Brasília


def draw(text, **context):
    return Template(text).render(Context(context))


@pytest.mark.parametrize(
    "text",
    [
        "{% card title=evil %}{{ evil }}{% endcard %}",
        "{% notice title=evil %}{{ evil }}{% endnotice %}",
        "{% empty_state evil %}{{ evil }}{% endempty_state %}",
        "{% breadcrumbs evil '/' evil %}",
        "{% badge evil %}",
        "{% state_badge 'open' evil %}",
        "{% saved_line now evil %}",
        "{% progress_bar 1 2 label=evil unit=evil %}",
        "{% stacked_bar 1 2 3 4 title=evil %}",
        "{% step_rail rail %}",
    ],
)
def test_what_people_wrote_is_quoted(text):
    rail = [{"kind": "x", "label": EVIL, "state": "open", "who": EVIL}]
    html = draw(text, evil=EVIL, now=LAST_MINUTE, rail=rail)
    assert EVIL not in html
    assert "&lt;script&gt;" in html


def test_a_notice_of_an_unknown_kind_is_a_mistake():
    with pytest.raises(KeyError):
        draw("{% notice kind='purple' %}x{% endnotice %}")


def test_danger_interrupts_and_information_waits():
    assert 'role="alert"' in draw("{% notice kind='danger' %}x{% endnotice %}")
    assert 'role="status"' in draw("{% notice %}x{% endnotice %}")


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("not_yet", "ainda não aberta"),
        ("open", "aberta"),
        ("submitted", "enviada"),
        ("returned", "devolvida"),
        ("approved", "validada"),
        ("closed", "encerrada"),
        ("late", "em atraso"),
        ("not_delivered", "não entregue"),
    ],
)
def test_a_state_is_a_word_of_the_glossary_with_a_picture(state, word):
    html = draw("{% state_badge state %}", state=state)
    assert f"</svg>{word}</span>" in html
    assert 'aria-hidden="true"' in html


def test_the_rail_takes_rows_and_objects_alike():
    rows = steps()
    objects = [SimpleNamespace(**row) for row in rows]
    assert draw("{% step_rail rail %}", rail=rows) == draw("{% step_rail rail %}", rail=objects)


def test_the_rail_says_state_date_and_person_and_marks_the_current_step():
    html = draw("{% step_rail rail %}", rail=steps())
    assert html.count("<li") == 5
    assert html.count('aria-current="step"') == 1
    for words in ("Inscrição", "validada", "12/04/2026, Helena Prado", "devolvida", "encerrada"):
        assert words in html


def test_the_small_rail_keeps_the_words_for_screen_readers():
    html = draw("{% step_rail rail compact=True %}", rail=steps())
    assert html.count("visually-hidden") == 5
    assert "Diagnóstico: devolvida" in html


def test_a_rail_step_needs_only_label_and_state():
    assert "Inscrição" in draw("{% step_rail rail %}", rail=[{"label": "Inscrição", "state": "open"}])


def test_a_deadline_has_date_hour_and_zone_and_stands_inside_a_sentence():
    html = draw("Até {% deadline at %}.", at=LAST_MINUTE)
    assert html == 'Até <time datetime="2026-06-30T23:59-03:00">30/06/2026, 23h59, horário de Brasília</time>.'


def test_an_english_deadline_spells_the_month():
    with translation.override("en"):
        assert "June 30, 2026" in draw("{% deadline at %}", at=LAST_MINUTE)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{% saved_line at 'Ana' %}", "Salvo às 23h59 por Ana"),
        ("{% saved_line at %}", "Salvo às 23h59"),
        ("{% saved_line %}", "Ainda sem resposta"),
        ("{% saved_line at state='unsaved' %}", "Não salvo, tentando de novo"),
    ],
)
def test_the_saved_line(text, words):
    assert f"{words}</span>" in draw(text, at=LAST_MINUTE)


@pytest.mark.parametrize("total", [0, None])
def test_progress_of_nothing_is_no_error(total):
    html = draw("{% progress_bar 0 total %}", total=total)
    assert 'max="1"' in html
    assert "0 de 0" in html


def test_numbers_of_a_bar_are_not_localised():
    html = draw("{% progress_bar 1250 5597 %}")
    assert 'value="1250" max="5597"' in html


def paged(page, address="/"):
    return draw("{% pagination page %}", page=page, request=RequestFactory().get(address))


def test_a_short_list_has_no_pages():
    assert "<nav" not in paged(Paginator(range(9), 10).page(1))


def test_pages_keep_the_filters_of_the_address():
    html = paged(Paginator(range(90), 10).page(2), "/?uf=RS&page=2")
    assert 'href="?uf=RS&amp;page=3"' in html
    assert html.count('aria-current="page"') == 1
    assert 'rel="prev"' in html


class DeskFormSet(forms.BaseFormSet):
    def clean(self):
        raise forms.ValidationError("Escolha ao menos um órgão.")


def test_the_summary_of_a_good_form_is_empty():
    class Fine(forms.Form):
        name = forms.CharField(required=False)

    assert draw("{% error_summary form %}", form=Fine({})).strip() == ""


def test_every_line_of_the_summary_leads_to_a_field_that_exists():
    form = GalleryForm({})
    html = draw("{% load crispy_forms_tags %}{% error_summary form %}{{ form|crispy }}", form=form)
    summary, fields = html.split("</ul>", 1)
    targets = [part.split('"')[0] for part in summary.split('href="#')[1:]]
    assert targets == ["id_name", "id_kind", "id_text", "id_answer_0", "id_agree"]
    assert all(f'id="{target}"' in fields for target in targets)


def test_form_wide_errors_are_said_once_with_or_without_the_tag():
    load = "{% load crispy_forms_tags %}"
    for text in ("{% error_summary form %}{{ form|crispy }}", "{{ form|crispy }}"):
        html = draw(load + text, form=GalleryForm({}))
        assert html.count("Nenhum órgão foi escolhido ainda.") == 1
        assert html.count('role="alert"') == 1


def test_the_summary_takes_formsets_too():
    formset = forms.formset_factory(GalleryForm, formset=DeskFormSet)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-name": "x"}
    )
    html = draw("{% error_summary formset %}", formset=formset)
    assert "Escolha ao menos um órgão." in html
    assert 'href="#id_form-0-kind"' in html


@pytest.mark.urls("tests.core.gallery_urls")
def test_a_link_without_a_route_is_left_out():
    assert draw("{% nav_link 'nowhere' 'Nada' %}") == ""


@pytest.mark.urls("tests.core.gallery_urls")
def test_the_navigation_marks_only_where_one_is():
    text = "{% nav_link 'practices' 'Práticas' %}{% nav_link 'events' 'Eventos' %}"
    html = draw(text, nav_current="events")
    assert html.count("aria-current") == 1
    assert 'href="/events/" aria-current="page"' in html
    assert "aria-current" not in draw(text, nav_current="")


@pytest.mark.urls("tests.core.gallery_urls")
def test_languages_lead_to_the_same_page_with_its_filters():
    html = draw("{% language_links %}", request=RequestFactory().get("/governments/?uf=RS"))
    assert 'href="/es/governments/?uf=RS"' in html
    assert 'href="/en/governments/?uf=RS"' in html
    assert html.count("aria-current") == 1


@pytest.mark.urls("tests.core.gallery_urls")
def test_languages_of_a_page_that_does_not_exist_lead_home():
    html = draw("{% language_links %}", request=RequestFactory().get("/nada/disso/"))
    assert 'href="/en/"' in html


def test_the_gallery_shows_every_component():
    source = (settings.BASE_DIR / "templates/components/gallery.html").read_text()
    own_page = {
        "nav_link",
        "language_links",
        "programme_mark",
        "programme_icon",
        "htmx_scripts",
        "icon",
        "dimension_icon",
        "kept",
    }
    missing = [name for name in components.register.tags if name not in own_page and f"{{% {name}" not in source]
    assert missing == []


@pytest.mark.urls("tests.core.gallery_urls")
def test_what_is_kept_is_the_same_for_everybody_and_follows_language_and_place():
    once = Template('{% load i18n %}{% kept %}{% translate "Entrar" %}|{{ user }}|{{ nav_current }}{% endkept %}')
    drawn = [once.render(Context({"user": name, "nav_current": "home"})) for name in ("Ana", "Bia")]
    with translation.override("en"):
        in_english = once.render(Context({"user": "Ana", "nav_current": "data"}))
    assert drawn == ["Entrar||home", "Entrar||home"]
    assert in_english == "Sign in||data"
