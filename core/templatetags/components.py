"""The portal's components: a tag with named inputs and one template each, all shown on the gallery page.

The library is a builtin of every template, so nothing has to be loaded.
"""

import re
from functools import lru_cache
from urllib.parse import quote

from django import template
from django.conf import settings
from django.contrib.messages import constants
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, Resolver404, get_urlconf, resolve, reverse, translate_url
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from core import charts, drawings
from core.dates import day_text, deadline_text, hour_text
from core.errors_in_forms import errors_of

register = template.Library()

LANGUAGES = ("pt-br", "en", "es")

# State -> (icon, word of the glossary). `closed` is the stored word; screens say which of its two readings it is.
STATES = {
    "not_open": ("circle-dashed", gettext_lazy("ainda não aberta")),
    "open": ("pencil-line", gettext_lazy("aberta")),
    "awaiting": ("hourglass", gettext_lazy("em andamento")),
    "submitted": ("send", gettext_lazy("enviada")),
    "returned": ("undo-2", gettext_lazy("devolvida")),
    "approved": ("circle-check-big", gettext_lazy("validada")),
    "ended": ("calendar-x", gettext_lazy("encerrada")),
    "late": ("clock-alert", gettext_lazy("em atraso")),
    "not_delivered": ("circle-slash", gettext_lazy("não entregue")),
}
ALIASES = {"closed": "ended", "not_open_yet": "not_open", "not_yet": "not_open"}

NOTICES = {
    "info": ("info", "status"),
    "success": ("circle-check", "status"),
    "warning": ("triangle-alert", "status"),
    "danger": ("circle-alert", "alert"),
}
NOTICE_OF_LEVEL = {constants.SUCCESS: "success", constants.WARNING: "warning", constants.ERROR: "danger"}

SAVED = {
    "saved": ("circle-check", "success", gettext_lazy("Salvo")),
    "saving": ("refresh-cw", "neutral", gettext_lazy("Salvando…")),
    "unsaved": ("triangle-alert", "warning", gettext_lazy("Não salvo, tentando de novo")),
    "empty": ("circle-dashed", "neutral", gettext_lazy("Ainda sem resposta")),
}


# --- Pictures ---------------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name, size=20, css="icon"):
    """A lucide icon, hidden from screen readers: the word beside it says the same."""
    return _icon(str(name), size, css)


@lru_cache(maxsize=256)
def _icon(name, size, css):
    return lucide(name, size=size, **{"class": css, "aria_hidden": "true", "focusable": "false"})


@register.simple_tag
def dimension_icon(number, plain=False):
    """The icon of a dimension in its colour; `plain=True` draws it without the disc."""
    drawing = drawings.dimension_icon(number)
    return drawing if plain else format_html('<span class="dim-icon dim-{}">{}</span>', str(int(number)), drawing)


@register.simple_tag
def programme_mark(size=48):
    return drawings.mark(size)


@register.simple_tag
def programme_icon():
    """The mark as the address of the browser's icon: it comes with the page and costs no request."""
    return _icon_address()


@lru_cache(maxsize=1)
def _icon_address():
    drawing = drawings.mark().replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    plain = re.sub(r' (class|aria-hidden|focusable)="[^"]*"', "", drawing).replace('"', "'")
    return "data:image/svg+xml," + quote(plain, safe="='/:,.-")


# --- Blocks with content ----------------------------------------------------------------------------------------------


@register.simple_block_tag
def card(content, title="", *, url="", icon="", level=2, css="", id=""):
    """{% card title=practice.title url=practice.get_absolute_url %} ... {% endcard %}"""
    inputs = {"title": title, "url": url, "icon": icon, "level": level, "css": css, "id": id}
    return render_to_string("components/card.html", {**inputs, "content": content})


@register.simple_block_tag
def notice(content, kind="info", title=""):
    """{% notice kind="warning" title=_("Prazo perto do fim") %} ... {% endnotice %}"""
    name, role = NOTICES[kind]
    inputs = {"kind": kind, "icon_name": name, "role": role, "title": title}
    return render_to_string("components/notice.html", {**inputs, "content": content})


@register.simple_block_tag
def empty_state(content, title, *, icon="inbox", level=2):
    """What a list says when it is empty: why, and what to do next."""
    return render_to_string(
        "components/empty_state.html", {"title": title, "icon": icon, "level": level, "content": content}
    )


@register.filter
def notice_kind(level):
    """The kind of notice for a level of Django's messages."""
    return NOTICE_OF_LEVEL.get(level, "info")


# --- States and time --------------------------------------------------------------------------------------------------


def state_facts(state, label=""):
    """Icon, words and class of a state given by its code word, an enum member or an object with `.state`."""
    code = str(getattr(state, "value", state) or "not_open")
    code = ALIASES.get(code, code)
    name, word = STATES.get(code, ("circle-dashed", code))
    return {"code": code, "icon_name": name, "label": label or word, "css": f"is-{code.replace('_', '-')}"}


@register.simple_tag
def state_badge(state, label="", icon=""):
    facts = state_facts(state, label)
    return _in_line("components/state_badge.html", {**facts, "icon_name": icon or facts["icon_name"]})


@register.simple_tag
def badge(label, kind="neutral", icon=""):
    """A word in a frame: kind is info, success, warning, danger or neutral."""
    return _in_line("components/badge.html", {"label": label, "kind": kind, "icon_name": icon})


def _in_line(name, inputs):
    """A component that stands inside a sentence: the line break at the end of its file must not become a space before a full stop."""
    return mark_safe(render_to_string(name, inputs).strip())  # noqa: S308 - the template has escaped its inputs


SHOWN_IN_SMALL = ("state", "state_label", "label", "current")


@register.inclusion_tag("components/step_rail.html")
def step_rail(steps, compact=False, label=""):
    """The five steps with state, date and who acted. `compact=True` is the miniature for a row of a table."""
    if compact:
        return {"small": _small_steps(get_language(), tuple(map(_small_step, steps))), "label": label or _("Etapas")}
    return {"steps": [_rail_step(step) for step in steps], "label": label or _("Etapas")}


def _small_step(step):
    """What the miniature shows of a step, as plain words to be known again."""
    state, state_label, label, current = (_read(step, name) for name in SHOWN_IN_SMALL)
    return state, str(state_label), str(label), bool(current)


@lru_cache(maxsize=512)
def _small_steps(_language, steps):
    """The miniature's items: a list of governments draws the same few of them many times."""
    drawn = [_rail_step(dict(zip(SHOWN_IN_SMALL, step, strict=True))) for step in steps]
    return render_to_string("components/step_rail_small.html", {"steps": drawn})


def _rail_step(step):
    facts = state_facts(_read(step, "state"), _read(step, "state_label"))
    plain = {name: _read(step, name) for name in ("kind", "label", "date", "who", "url", "current")}
    return {**plain, "name": plain["label"], **{f"state_{key}": value for key, value in facts.items()}}


def _read(thing, name, default=""):
    value = thing.get(name, default) if isinstance(thing, dict) else getattr(thing, name, default)
    return default if value is None else value


@register.inclusion_tag("components/progress_bar.html")
def progress_bar(done, total, label="", unit=""):
    """«12 de 105 perguntas»: the number in words beside the bar."""
    return {"done": str(done), "total": str(total or 0), "top": str(max(total or 0, 1)), "label": label, "unit": unit}


@register.filter
def short_day(value):
    """A day as `core.dates` writes it, or nothing."""
    return day_text(value) if value else ""


@register.filter
def moment(value):
    """Day and hour in Brasília, for a line of a list: «30/06/2026, 23h59»; where a deadline is meant, `{% deadline %}` names the zone."""
    return f"{day_text(value)}, {hour_text(value)}" if value else ""


@register.simple_tag
def deadline(instant):
    """«30/06/2026, 23h59, horário de Brasília»"""
    machine = timezone.localtime(instant).isoformat(timespec="minutes")
    return _in_line("components/deadline.html", {"machine": machine, "text": deadline_text(instant)})


@register.inclusion_tag("components/saved_line.html")
def saved_line(at=None, by="", state="", id=""):
    """The quiet line under an answer: «Salvo às 14h32 por Ana»."""
    name, kind, words = SAVED[state or ("saved" if at else "empty")]
    if at and state in ("", "saved"):
        words = _saved_words(at, by)
    return {"icon_name": name, "kind": kind, "words": words, "id": id}


def _saved_words(at, by):
    if by:
        return _("Salvo às %(time)s por %(person)s") % {"time": hour_text(at), "person": by}
    return _("Salvo às %(time)s") % {"time": hour_text(at)}


# --- Charts -----------------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/stacked_bar.html")
def stacked_bar(exists, partly, not_yet, not_applicable, unanswered=0, title="", dimension=None):
    """What exists, by status, as a bar with its legend; the page puts the table of the same data near it."""
    numbers = (exists, partly, not_yet, not_applicable, unanswered)
    counts = {key: int(number or 0) for key, number in zip(charts.STATUSES, numbers, strict=True)}
    colour = charts.DIMENSION_COLOURS.get(dimension, charts.BRAND)
    legend = [(charts.swatch(key, colour), label, str(counts[key])) for key, label in charts.shown(counts)]
    return {"drawing": charts.stacked_bar(counts, title or _("O que existe"), colour=colour), "legend": legend}


# --- Lists and forms --------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page, name="page"):
    """Links to the pages of a list; the other parameters of the address stay."""
    return {
        "page": page,
        "links": [
            _page_link(context, page, number, name) for number in page.paginator.get_elided_page_range(page.number)
        ],
        "previous": _page_url(context, page.previous_page_number(), name) if page.has_previous() else "",
        "next": _page_url(context, page.next_page_number(), name) if page.has_next() else "",
    }


def _page_link(context, page, number, name):
    if not isinstance(number, int):
        return {"gap": True}
    return {
        "gap": False,
        "number": str(number),
        "url": _page_url(context, number, name),
        "current": number == page.number,
    }


def _page_url(context, number, name):
    query = context["request"].GET.copy()
    query[name] = str(number)
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms):
    """What to mend, on top of the page, each line a link to its field. Takes forms and formsets."""
    return {"errors": [error for form in forms for error in errors_of(form)]}


# --- Page frame -------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def nav_link(context, name, label, *args, icon="", current=""):
    """A list item that leads to a named route; nothing where the route does not exist."""
    url = _address(_urlconf(), get_language(), name, args)
    if not url:
        return ""
    here = str(context.get("nav_current") or "-") in (name, current)
    picture = _icon(icon, 20, "icon") if icon else ""
    mark = mark_safe(' aria-current="page"') if here else ""  # noqa: S308 - a constant
    return format_html('<li><a href="{}"{}>{}{}</a></li>', url, mark, picture, label)


@register.tag
def kept(parser, token):
    """{% kept %}…{% endkept %}: drawn once a language and page, which lights up its entry of the navigation, then kept by this process.

    For parts of the frame that are the same for everybody. They are drawn without the page's context, so that nothing of one person can be kept for
    the next.
    """
    nodes = parser.parse(["endkept"])
    parser.delete_first_token()
    return KeptNode(nodes)


class KeptNode(template.Node):
    # More than there are pages, each in its languages; only a bound, so that a process does not grow.
    MOST = 1024

    def __init__(self, nodelist):
        self.nodelist = nodelist
        self.drawn = {}

    def render(self, context):
        current = str(context.get("nav_current") or "")
        known_by = (_urlconf(), get_language(), current)
        drawn = self.drawn.get(known_by)
        if drawn is None:
            drawn = self.nodelist.render(context.new({"nav_current": current}))
            if len(self.drawn) >= self.MOST:
                self.drawn.clear()
            self.drawn[known_by] = drawn
        return drawn


def _urlconf():
    return get_urlconf() or settings.ROOT_URLCONF


@lru_cache(maxsize=1024)
def _address(urlconf, language, name, args):
    """The address of a route in the active language, or nothing: looked up once, since every page draws the same links."""
    try:
        return reverse(name, urlconf=urlconf, args=args)
    except NoReverseMatch:
        return ""


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*parts):
    """{% breadcrumbs _("Governos") governments_url government.name %}: pairs of label and address, then the page itself."""
    *pairs, here = parts
    return {"trail": list(zip(pairs[::2], pairs[1::2], strict=True)), "here": here}


@register.inclusion_tag("components/language_links.html", takes_context=True)
def language_links(context):
    """The same page in the other languages, as plain links: no cookie is needed."""
    path = context["request"].get_full_path() if "request" in context else "/"
    return {"links": [_language_link(path, get_language_info(code)) for code in LANGUAGES]}


def _language_link(path, info):
    code = info["code"]
    facts = {"code": code, "short": code[:2].upper(), "name": info["name_local"], "current": code == get_language()}
    path, mark, query = path.partition("?")
    return {**facts, "url": _in_language(_urlconf(), get_language(), path, code) + mark + query}


def alternate_addresses(request):
    """[(language, path)] of the same page in each language, without its query."""
    return [(code, _in_language(_urlconf(), get_language(), request.path, code)) for code in LANGUAGES]


@lru_cache(maxsize=4096)
def _in_language(urlconf, language, path, code):
    """A path's address in another language; the front page's where the path leads nowhere. The same for every visit."""
    try:
        resolve(path, urlconf)
        return translate_url(path, code)
    except Resolver404:
        return translate_url("/", code)


@register.simple_tag
def htmx_scripts():
    """htmx with its settings, for the pages that need it: {% block scripts %}{% htmx_scripts %}{% endblock %}"""
    return render_to_string("components/htmx.html", {"htmx": static("pkg/htmx.js")})
