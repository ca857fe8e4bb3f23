"""What stands in each document: pure functions from frozen contents to the context of a print template.

Called with the report's language active. Nothing here reads the database or the clock, so that the same snapshot gives the same
document. No score, no weight and no order among governments ever gets in.
"""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from certification.models import Kind
from certification.seal.emblem import emblem
from core import charts, drawings, qr

from . import wording
from .wording import said

LONG_TEXT = 240  # signs; beyond it a text gets the whole width of the page instead of a column
STATUSES = ("exists", "partly", "not_yet", "not_applicable")


@dataclass(frozen=True)
class Sources:
    """Everything a document is made of. `snapshot` is {content, protocol, sha256} of the step it speaks of."""

    snapshot: dict
    verify_url: str
    approved_at: str = ""  # when the coordination validated the step, RFC 3339
    plan: dict | None = None  # frozen content of the priorities, where there are any
    notes: tuple = ()  # released notes: {code, kind, text, reply}

    @property
    def content(self):
        return wording.tidy(self.snapshot["content"])


def frame(sources, kind_label):
    """Cover, margins and rail: what all documents share."""
    content = sources.content
    owner = wording.place_name(content["government"])
    return {
        "owner": owner,
        "owner_class": wording.size_class(owner, long=26, longest=70),
        "government": content["government"],
        "programme": content["edition"]["programme"],
        "year": str(content["edition"]["year"]),  # text, or it would be printed as 2.026
        "kind_label": kind_label,
        "document": _("%(kind)s, edição %(year)s") % {"kind": kind_label, "year": content["edition"]["year"]},
        "verify_url": sources.verify_url,
        "protocol": sources.snapshot["protocol"],
        "sha256": sources.snapshot["sha256"],
        "submitted_on": wording.instant(content["submitted_at"]),
        "approved_on": wording.instant(sources.approved_at),
        "rail": rail(content["kind"]),
        "mark": drawings.mark(76, ring="#ffffff", town="#ffffff", door="#ffc29a"),
    }


def rail(kind):
    """The five steps; those before the report's own were validated, else it could not have been submitted."""
    steps, passed = [], True
    for number, step in enumerate(Kind, start=1):
        here = step == kind
        passed = passed and not here
        state = _("este relatório") if here else _("validada") if passed else ""
        css = "step-here" if here else "step-done" if passed else ""
        steps.append({"number": number, "label": step.label, "state": state, "css": css})
    return steps


def icon(number, name, colour="#ffffff"):
    """The drawing of a dimension with its name as alternative text, in a colour of its own: page styles do not reach into SVG."""
    return format_html(
        '<svg viewBox="0 0 24 24" width="40" height="40" fill="none" stroke="{}" stroke-width="1.6" stroke-linecap="round" '
        'stroke-linejoin="round"><title>{}</title>{}</svg>',
        colour,
        _("Símbolo da dimensão «%(name)s»") % {"name": name},
        mark_safe(drawings.DIMENSIONS[int(number)]),  # noqa: S308 - a constant of the code
    )


def diagnosis(sources):
    """The diagnosis report, as its print template wants it."""
    content = sources.content
    chapters = [chapter(dimension, _corrected(sources.notes)) for dimension in content["dimensions"]]
    return {
        **frame(sources, _("Relatório de diagnóstico")),
        "context_rows": [
            context_row(entry) for entry in content["context"] if entry["code"] != "highlighted_practices"
        ],
        "highlighted": _highlighted(content["context"]),
        "practices": [
            _practice(note, content) for note in wording.tidy(sources.notes) if note["kind"] == "good_practice"
        ],
        "legend": legend(),
        "chapters": chapters,
        "actions": [
            action(item, n) for n, item in enumerate(wording.tidy(sources.plan or {}).get("actions", []), start=1)
        ],
    }


def _corrected(notes):
    return {note["code"] for note in notes if note["kind"] == "correction"}


def _highlighted(context):
    return next((entry.get("value") or "" for entry in context if entry["code"] == "highlighted_practices"), "")


def _practice(note, content):
    for dimension in content["dimensions"]:
        for answer in dimension["answers"]:
            if answer["code"] == note["code"]:
                return {"dimension": said(dimension["name"]), "question": said(answer["question"]), **note}
    return {"dimension": "", "question": "", **note}


def legend():
    return [(charts.swatch(status, "#24424a"), charts.STATUSES[status]) for status in STATUSES]


def chapter(dimension, corrected=frozenset()):
    """One dimension: counts, chart and the answers."""
    number, name, counts = dimension["number"], said(dimension["name"]), dimension["counts"]
    colour = charts.DIMENSION_COLOURS[number]
    title = _("O que existe em «%(name)s»") % {"name": name}
    return {
        "number": number,
        "name": name,
        "description": said(dimension.get("description")),
        "icon": icon(number, name),
        "chart": charts.stacked_bar(counts, title, width=520, colour=colour),
        "small_chart": charts.stacked_bar(counts, title, width=230, colour=colour),
        "counts": [counts.get(status, 0) for status in STATUSES],
        "count_rows": [
            (charts.swatch(status, colour), charts.STATUSES[status], counts.get(status, 0)) for status in STATUSES
        ],
        "answers": [
            answer_row(answer, answer.get("corrected") or answer["code"] in corrected)
            for answer in dimension["answers"]
        ],
    }


def context_row(entry):
    """One line of the context sheet: label, figure or text, where it is from."""
    return {"label": said(entry["label"]), "said": _figure(entry), "source": wording.source_line(entry)}


def _figure(entry):
    if entry.get("no_data"):
        return _("Sem dado")
    value = entry.get("value")
    if isinstance(value, int | float):
        return wording.number(value)
    return said(value) or _("Sem resposta")


def answer_row(answer, corrected=False):
    """One question of a chapter. Long texts leave their column for a row of their own."""
    comment, words = answer.get("comment") or "", spoken(answer)
    apart = [(label, text) for label, text in [(_("Resposta"), words), (_("Comentário"), comment)] if is_long(text)]
    return {
        "code": answer["code"],
        "question": said(answer["question"]),
        "said": _("Veja a linha abaixo") if is_long(words) else words,
        "detail": answer.get("reason") or wording.source_line(answer),
        "comment": _("Veja a linha abaixo") if is_long(comment) else comment,
        "evidence": [item["title"] for item in answer.get("evidence", [])],
        "long": apart,
        "corrected": corrected,
    }


def is_long(text):
    return len(text) > LONG_TEXT or text.count("\n") > 5


def spoken(answer):
    """The answer in words."""
    if answer.get("not_applicable"):
        return _("Não se aplica")
    words = "" if answer.get("no_data") else said(answer.get("in_words"))
    return words or _figure(answer)


def prioritization(sources):
    """The prioritization report: a matrix, then one sheet an action."""
    actions = [action(item, number) for number, item in enumerate(sources.content["actions"], start=1)]
    return {**frame(sources, _("Relatório de priorização")), "actions": actions}


def action(item, number):
    """One priority action: its line of the matrix and the rows of its sheet."""
    return {
        "number": number,
        "title": item["title"],
        "dimension": said(item["dimension"]["name"]),
        "css": _density(item),
        "who": "\n".join(filter(None, [item.get("department"), item.get("responsible")])),
        "starts_on": wording.day(item.get("starts_on")),
        "ends_on": wording.day(item.get("ends_on")),
        "rows": [(label, text) for label, text in _action_rows(item) if text],
        "moves": [_move(move) for move in item.get("next_moves", [])],
    }


def _action_rows(item):
    indicator = item.get("indicator") or {}
    yield _("Por que esta ação"), item.get("why")
    yield _("Pergunta do diagnóstico"), " ".join(filter(None, [indicator.get("code"), said(indicator.get("question"))]))
    yield _("Objetivo"), item.get("objective")
    yield _("Órgão responsável"), item.get("department")
    yield _("Quem responde (cargo ou função)"), item.get("responsible")
    yield _("Parceiros"), "; ".join(_partner(partner) for partner in item.get("partners", []))
    yield _("Onde"), item.get("place")
    yield _("Período"), _period(item)
    yield _("Resultado esperado"), item.get("expected_result")
    yield _("Como saberemos que deu certo"), item.get("measure")


def _partner(partner):
    return partner["name"] if isinstance(partner, dict) else partner


def _period(item):
    starts, ends = wording.day(item.get("starts_on")), wording.day(item.get("ends_on"))
    return _("de %(start)s a %(end)s") % {"start": starts, "end": ends} if starts and ends else starts or ends


def _move(move):
    when = " ".join(filter(None, [wording.day(move["on"]), (move.get("time") or "")[:5]]))
    return {"when": when, "text": move["text"], "role": move.get("role") or ""}


def _density(item):
    """A sheet fits one page: the more is written, the smaller the letter."""
    written = sum(len(text or "") for _label, text in _action_rows(item))
    written += sum(len(move["text"]) + 60 for move in item.get("next_moves", []))
    return "densest" if written > 6000 else "dense" if written > 2600 else ""


def certificate(sources):
    """The certificate: one page, landscape."""
    content = sources.content
    shared = frame(sources, _("Certificado"))
    return {
        **shared,
        "owner_class": wording.size_class(shared["owner"], long=34, longest=80),
        "code": content["code"],
        # A replaced seal keeps the day of its award; the copy it stands on is younger.
        "awarded_on": wording.instant(content.get("awarded_at") or content["submitted_at"]),
        "replaces": content.get("replaces", ""),
        "qr": qr.svg(sources.verify_url, _("QR que abre a página do selo")),
        "valid_until": wording.day(content.get("valid_until")),
        "signatures": _signatures(content),
        "meaning": said(content["meaning"]),
        "emblem": emblem(content["edition"]["year"], size=150),
    }


def _signatures(content):
    """Those of the coordination who awarded the seal; on one that stands in another's place, who decided that too, each with what they decided."""
    awarded_by, replacement_by = content.get("awarded_by", []), content.get("replacement_by", [])
    if not replacement_by:
        return [{"name": name, "role": _("Coordenação do programa")} for name in awarded_by]
    people = [*awarded_by, *(name for name in replacement_by if name not in awarded_by)]
    return [{"name": name, "role": _decided(name in awarded_by, name in replacement_by)} for name in people]


def _decided(award, replacement):
    if award and replacement:
        return _("Concessão e substituição do selo")
    return _("Concessão do selo") if award else _("Substituição do selo")
