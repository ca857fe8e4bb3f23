"""What a file holds: the credential out of a baked SVG or PNG, of the JSON beside them, or as bare text. Nothing is kept, nothing in it runs."""

import json

from django.utils.translation import gettext_lazy as _
from openbadgeslib import baking

from certification.seal.checking import Doubt, NotGenuine, claims_of

LARGEST = 256 * 1024
SVG = baking.SVG_ELEMENT_OB3
PNG = baking.ITXT_KEYWORD_OB3


class NoCredential(Exception):
    """The file is not one a credential is read from; the text says what to send instead."""


def bake_svg(drawing, token):
    return baking.bake_svg(drawing.encode(), token, element=SVG, namespace=baking.SVG_NS_OB3)


def bake_png(drawing, token):
    return baking.bake_png(drawing, token, keyword=PNG)


def token_in(content):
    """The compact credential a file carries. Raises NoCredential, NotGenuine."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:8]
    if not start:
        raise NoCredential(_("O arquivo está vazio."))
    if start.startswith(b"%PDF"):
        raise NoCredential(
            _("Esta página não abre PDF. Digite o código impresso no certificado ou aponte a câmera para o QR dele.")
        )
    if content.startswith(b"\x89PNG"):
        return _baked(baking.extract_png, content, keyword=PNG)
    if start.startswith(b"<"):
        return _baked(baking.extract_svg, content, element=SVG)
    return _written(content)


def _baked(extract, content, **where):
    try:
        token = extract(content, **where)
    # Whatever a damaged or hostile picture breaks in the readers, it is a picture without a credential.
    except Exception as error:
        raise NoCredential(_("Não foi possível ler a imagem: o arquivo está danificado.")) from error
    if not token:
        raise NoCredential(
            _(
                "Esta imagem não traz a credencial do selo. Capturas de tela e cópias redesenhadas a perdem: use o arquivo baixado da página do selo."
            )
        )
    return token.strip()


def _written(content):
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise NoCredential(_("Envie o selo em SVG ou PNG, ou a credencial em JSON ou JWT.")) from error
    return _of_json(text) if text.startswith("{") else text


def _of_json(text):
    """The signed text in the JSON file. What stands beside it to be read must say the same, or somebody changed it."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotGenuine(Doubt.UNREADABLE) from error
    token = document.get("jwt")
    if not isinstance(token, str):
        raise NotGenuine(Doubt.UNREADABLE)
    if "credential" in document and document["credential"] != claims_of(token):
        raise NotGenuine(Doubt.ALTERED)
    return token
