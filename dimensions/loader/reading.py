"""From a YAML file to plain data, and from data to its digest."""

import hashlib
import json
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from .problems import Invalid, Problem

BUNDLED = Path(__file__).resolve().parents[1] / "data" / "questionnaire.yaml"
LARGEST = 5 * 1024 * 1024


class _Reader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Plain YAML that also tells repeated keys, of which YAML would silently keep the last."""

    def __init__(self, stream):
        super().__init__(stream)
        self.repeated = []

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key in [key for key, _value in node.value if isinstance(key, yaml.ScalarNode)]:
            if key.value in seen:
                self.repeated.append((key.value, key.start_mark.line + 1))
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read(path):
    """The file's content. Raises Invalid with what stands in the way."""
    return parse(_text_of(Path(path)), Path(path).name)


def _text_of(path):
    try:
        if path.stat().st_size > LARGEST:
            raise Invalid([Problem(path.name, _("o arquivo passa de 5 MiB; verifique se é mesmo um questionário."))])
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Invalid([Problem(path.name, _("o arquivo não está em UTF-8; salve-o nessa codificação."))]) from error
    except OSError as error:
        raise Invalid([Problem(str(path), _("não foi possível abrir o arquivo; confira o caminho."))]) from error


def parse(text, name="questionnaire.yaml"):
    reader = None
    try:
        reader = _Reader(text)
        data = reader.get_single_data()
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Invalid(
            [Problem(_place_of(error, name), _("não é um YAML válido; corrija a sintaxe neste ponto."))]
        ) from error
    finally:
        if reader is not None:
            reader.dispose()
    if reader.repeated:
        message = _("a chave “%(key)s” aparece duas vezes no mesmo bloco; deixe só uma.")
        raise Invalid(Problem(_("linha %d") % line, message % {"key": key}) for key, line in reader.repeated)
    return data


def _place_of(error, name):
    mark = getattr(error, "problem_mark", None)
    return _("linha %d") % (mark.line + 1) if mark else name


def digest(data):
    """SHA-256 of canonical JSON: sorted keys, UTF-8, no spaces."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
