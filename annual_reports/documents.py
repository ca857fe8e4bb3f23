"""What a report says, out of its content alone: the same for the page and the PDF. Nothing here reads the database or the clock."""

from collections import Counter, defaultdict

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from certification.models import Kind
from core import drawings
from core.dates import day_text
from core.links import absolute
from events.models import Unit

from . import charts, words
from .models import SECTIONS


def told(content):
    """The context of both templates, in the active language."""
    certified = _certified(content)
    return {
        "year": str(content["year"]),
        "number": content["number"],
        "heading": title(content),
        "programme": content["programme"],
        "contact": content["contact"],
        "reason": content["reason"],
        "texts": {name: _text(content["texts"].get(name, {})) for name in SECTIONS},
        "numbers": _numbers(content),
        "certified": certified,
        "history": _history(content),
        "steps": [_step(row) for row in content["steps"]],
        "events": _events(content),
        "testimonials": [_testimonial(row) for row in content["testimonials"]],
        "course": _course(content),
        "media": _media(content["media"]),
        "practices": [_practice(row) for row in content["practices"]],
    }


def title(content):
    return _("Relatório de atividades de %(year)s") % {"year": content["year"]}


def _text(texts):
    text, language = words.said(texts)
    return {"text": text, "language": language, "paragraphs": [part for part in text.split("\n\n") if part.strip()]}


# The year in numbers.


def _numbers(content):
    """(what, how many in words) of the summary."""
    kinds = Counter(row["kind"] for row in content["certified"])
    totals = content["totals"]
    rows = [(_("Governos com o selo da edição"), words.kinds(kinds) if kinds else "")]
    if content["enrolled"]:
        rows.append((_("Governos inscritos na edição"), words.governments(content["enrolled"])))
    if kinds:
        ufs, regions = ({row[name] for row in content["certified"]} for name in ("uf", "region"))
        said = {"ufs": _ufs(len(ufs)), "regions": _regions(len(regions))}
        rows.append((_("Onde estão"), _("%(ufs)s, em %(regions)s") % said))
    rows.append((_("Eventos realizados"), words.grouped(totals["events"]) if totals["events"] else ""))
    rows.append((_("Presenças de pessoas"), words.grouped(totals[Unit.PEOPLE]) if totals[Unit.PEOPLE] else ""))
    rows.append(
        (
            _("Presenças de governos, à parte"),
            words.grouped(totals[Unit.GOVERNMENTS]) if totals[Unit.GOVERNMENTS] else "",
        )
    )
    rows += [
        (_("Conclusões do curso"), _course_figure(content)),
        (_("Notícias sobre o programa"), _hand(content["media"])),
    ]
    if content["practices"]:
        rows.append((_("Boas práticas publicadas"), words.grouped(len(content["practices"]))))
    return [(label, text) for label, text in rows if text]


def _ufs(number):
    return ngettext("%(n)s unidade da federação", "%(n)s unidades da federação", number) % {"n": number}


def _regions(number):
    return ngettext("%(n)s região", "%(n)s regiões", number) % {"n": number}


def _hand(figure):
    number = figure["number"]
    return words.at_least(words.grouped(number), figure["at_least"]) if number is not None else ""


def _course_figure(content):
    course = content["course"]
    if course["people"] is not None:
        return _hand({"number": course["people"], "at_least": course["at_least"]})
    return words.grouped(content["course_checked"]) if content["course_checked"] else ""


# Who was certified.


def _certified(content):
    rows = content["certified"]
    kinds = Counter(row["kind"] for row in rows)
    shown = [kind for kind in words.KINDS if kinds[kind]]
    regions = [_region(name, of, shown) for name, of in sorted(_by(rows, "region").items())]
    return {
        "number": len(rows),
        "sentence": _certified_sentence(content, len(rows), kinds),
        "kinds": [words.kind_label(kind) for kind in shown],
        "regions": regions,
        "totals": [words.grouped(kinds[kind]) for kind in shown],
        "total": words.grouped(len(rows)),
        "chart": _regions_chart(regions) if rows else "",
    }


def _certified_sentence(content, number, kinds):
    edition = content["edition"]
    if edition is None:
        return _(
            "A edição %(year)s ainda não foi publicada: os governos certificados aparecem aqui depois da cerimônia."
        ) % {"year": content["year"]}
    if not number:
        return _("Nenhum governo tem o selo da edição %(year)s.") % {"year": edition["year"]}
    said = {"year": edition["year"], "governments": words.governments(number), "kinds": words.kinds(kinds)}
    return _("%(governments)s com o selo da edição %(year)s: %(kinds)s.") % said


def _by(rows, name):
    found = defaultdict(list)
    for row in rows:
        found[row[name]].append(row)
    return found


def _region(name, rows, shown):
    kinds = Counter(row["kind"] for row in rows)
    return {
        "name": name,
        "kinds": kinds,
        "in_words": words.kinds(kinds),
        "counts": [words.grouped(kinds[kind]) for kind in shown],
        "total": words.grouped(len(rows)),
        "lists": [
            {"label": words.kind_label(kind), "names": [words.place(row) for row in rows if row["kind"] == kind]}
            for kind in shown
            if kinds[kind]
        ],
    }


def _regions_chart(regions):
    rows = [
        (
            region["name"],
            [
                (region["kinds"]["municipality"], charts.SOLID),
                (sum(number for kind, number in region["kinds"].items() if kind != "municipality"), charts.STRIPED),
            ],
            region["total"],
        )
        for region in regions
    ]
    desc = "; ".join(f"{region['name']}: {region['in_words']}" for region in regions)
    return charts.bars(rows, _("Governos certificados por região"), desc)


def _history(content):
    """Seals by edition up to this one, where there is more than one to look at."""
    rows = [
        {
            "year": str(row["year"]),
            "number": words.grouped(sum(row["kinds"].values())),
            "kinds": words.kinds(row["kinds"]),
        }
        for row in content["history"]
    ]
    return rows if len(rows) > 1 else []


# The steps, the events.


def _step(row):
    return {
        "label": Kind(row["step"]).label,
        "opens": words.instant(row["opens_at"]),
        "closes": words.instant(row["closes_at"]),
        "extensions": [
            {
                "whom": each["whom"] or _("todos os governos"),
                "until": words.instant(each["closes_at"]),
                "reason": each["reason"],
            }
            for each in row["extensions"]
        ],
    }


def _events(content):
    rows = [_event(row, place) for place, row in enumerate(content["events"], start=1)]
    return {
        "rows": rows,
        "sentence": _events_sentence(content["totals"]),
        "chart": _events_chart(content["events"], rows),
    }


def _event(row, place):
    name, name_language = words.said(row["title"])
    audience, audience_language = words.said(row["audience"])
    return {
        "place": place,
        "days": words.days(row),
        "type": words.type_label(row),
        "title": name,
        "title_language": name_language,
        "audience": audience,
        "audience_language": audience_language,
        "description": _text(row["description"]),
        "result": _text(row["result"]),
        "number": words.counted(row["number"], row["unit"]) if row["unit"] else _("sem dado"),
        "url": reverse("event", args=[row["id"]]),
    }


def _events_sentence(totals):
    if not totals["events"]:
        return _("Nenhum evento foi realizado neste ano.")
    events = ngettext("%(n)s evento", "%(n)s eventos", totals["events"]) % {"n": words.grouped(totals["events"])}
    said = [words.counted(totals[unit], unit) for unit in (Unit.PEOPLE, Unit.GOVERNMENTS) if totals[unit]]
    if not said:
        return _("%(events)s no ano.") % {"events": events}
    if len(said) == 2:
        whole = {"events": events, "people": said[0], "governments": said[1]}
        return _("%(events)s no ano, com %(people)s; contados à parte, %(governments)s.") % whole
    return _("%(events)s no ano, com %(number)s.") % {"events": events, "number": said[0]}


def _events_chart(events, rows):
    """Bars by the number of each event in the table; governments are striped, for they are another unit."""
    drawn = [
        (str(row["place"]), [(event["number"] or 0, _look(event))], row["number"])
        for event, row in zip(events, rows, strict=True)
    ]
    desc = "; ".join(f"{row['place']}. {row['title']}: {row['number']}" for row in rows)
    return charts.bars(drawn, _("Quantos vieram a cada evento"), desc, label_width=26, text_width=100) if rows else ""


def _look(event):
    return charts.STRIPED if event["unit"] == Unit.GOVERNMENTS else charts.SOLID


# Voices, course, media, practices.


def _testimonial(row):
    tag = {"pt-br": "pt-BR"}.get(row["language"], row["language"])
    return {"text": row["text"], "language": tag, "who": ", ".join(filter(None, [row["name"], row["role"]]))}


def _course(content):
    """What is known of the course, each as a sentence with its source."""
    course, found = content["course"], []
    if course["people"] is not None:
        said = {"people": words.at_least(words.counted(course["people"], Unit.PEOPLE), course["at_least"])}
        if course["servants"] is None:
            found.append(_("Concluíram o curso: %(people)s.") % said)
        else:
            said["servants"] = words.at_least(words.grouped(course["servants"]), course["at_least"])
            found.append(_("Concluíram o curso: %(people)s, das quais %(servants)s no serviço público.") % said)
        found += _source(course)
    if content["course_checked"]:
        people = words.counted(content["course_checked"], Unit.PEOPLE)
        found.append(
            _("Das equipes dos governos inscritos, a coordenação conferiu o certificado de %(people)s.")
            % {"people": people}
        )
    return found


def _media(media):
    if media["number"] is None:
        return []
    number = ngettext("%(n)s notícia", "%(n)s notícias", media["number"]) % {"n": words.grouped(media["number"])}
    found = [_("O programa foi citado em %(number)s.") % {"number": words.at_least(number, media["at_least"])}]
    return found + _source(media)


def _source(figure):
    """Where a number typed by hand is from, in the words of who typed it."""
    said = format_html('<span lang="pt-BR">{}</span>', figure["source"].rstrip("."))
    return [format_html(_("Fonte: %(source)s.") % {"source": "{}"}, said)] if figure["source"] else []


def _practice(row):
    name, language = words.said(row["title"])
    return {"title": name, "language": language, "owner": row["owner"], "url": reverse("practice", args=[row["id"]])}


# On paper.


def for_print(content, language, report=None):
    """(context of the print template, title). report: the row it belongs to; its address and hash stand on the cover once it is published."""
    with override(language):
        context = told(content)
        published = report is not None and report.published_at is not None
        context |= {
            "is_draft": not published,
            "published_on": day_text(report.published_at) if published else "",
            "sha256": report.sha256 if published else "",
            "verify_url": absolute(report.get_absolute_url()) if published else "",
            "mark": drawings.mark(76, ring="#ffffff", town="#ffffff", door="#ffc29a"),
        }
        return context, f"MigraCidades: {context['heading']}"
