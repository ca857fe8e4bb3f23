"""Reading a CSV file so that whoever made it can mend it: every problem has its line and says what to do."""

import csv
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from core.text import normalise

LARGEST = 5 * 1024 * 1024


@dataclass(frozen=True)
class Problem:
    line: int  # 0: the file as a whole
    message: str

    def __str__(self):
        return _("Linha %(line)d: %(message)s") % vars(self) if self.line else self.message


class Refused(Exception):
    """The file is not taken. `problems` names all that stands in the way."""

    def __init__(self, problems):
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Line:
    """One row of the table with the number of its line in the file."""

    number: int
    cells: dict

    def __getitem__(self, column):
        return self.cells.get(column, "")


def read(path, required, optional=()):
    """The rows of a CSV file with a header. Returns (lines, problems); raises Refused where the file cannot be read at all."""
    texts, problems = _decoded(_content(Path(path)))
    header, rows = _parsed(texts, problems)
    columns = _columns(header, required, optional)
    return list(_lines(rows, columns, required, problems)), problems


def _content(path):
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(
                [
                    Problem(
                        0, _("O arquivo %(name)s passa de 5 MiB; verifique se é a tabela certa.") % {"name": path.name}
                    )
                ]
            )
        return path.read_bytes()
    except OSError:
        raise Refused([Problem(0, _("Não foi possível abrir %(path)s; confira o caminho.") % {"path": path})]) from None


def _decoded(content):
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused([Problem(0, _("O arquivo está em UTF-16; salve-o como CSV UTF-8."))])
    texts, problems = [], []
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True), 1):
        text = raw.decode(errors="replace")
        if "\ufffd" in text or "\0" in text:
            problems.append(Problem(number, _("há letras que não estão em UTF-8; salve o arquivo como CSV UTF-8.")))
        texts.append(text)
    return texts, problems


def _parsed(texts, problems):
    """Header cells and (line number, cells) of each row."""
    if not any(text.strip() for text in texts):
        raise Refused([Problem(0, _("O arquivo está vazio; a primeira linha deve trazer os nomes das colunas."))])
    reader = csv.reader(texts, delimiter=";" if texts[0].count(";") > texts[0].count(",") else ",", strict=True)
    rows = []
    while True:
        start = reader.line_num + 1
        try:
            rows.append((start, next(reader)))
        except StopIteration:
            break
        except csv.Error:
            problems.append(Problem(start, _("as aspas desta linha não fecham; confira as aspas.")))
    while rows and not any(rows[-1][1]):
        rows.pop()
    return rows[0][1], rows[1:]


def _columns(header, required, optional):
    """Column name of each position; other columns are not read."""
    names = [normalise(cell).replace(" ", "_") for cell in header]
    missing = [name for name in required if name not in names]
    if missing:
        text = _("Falta a coluna %(missing)s na primeira linha; as colunas são: %(all)s.")
        raise Refused([Problem(1, text % {"missing": ", ".join(missing), "all": ", ".join((*required, *optional))})])
    return [name if name in (*required, *optional) else "" for name in names]


def _lines(rows, columns, required, problems):
    for number, cells in rows:
        problem = _problem_of(cells, columns, required)
        if problem:
            problems.append(Problem(number, problem))
            continue
        yield Line(number, {name: cell.strip() for name, cell in zip(columns, cells, strict=True) if name})


def _problem_of(cells, columns, required):
    if not any(cell.strip() for cell in cells):
        return _("a linha está em branco; apague-a.")
    if len(cells) != len(columns):
        text = _("a linha tem %(found)d colunas e a primeira tem %(wanted)d; confira vírgulas e aspas.")
        return text % {"found": len(cells), "wanted": len(columns)}
    blank = [name for name, cell in zip(columns, cells, strict=True) if name in required and not cell.strip()]
    return _("falta o valor de %(columns)s.") % {"columns": ", ".join(blank)} if blank else ""


def in_order(problems):
    return sorted(problems, key=lambda problem: problem.line)
