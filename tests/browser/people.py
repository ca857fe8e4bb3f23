"""A person at a browser: pages seen, buttons pressed, codes read from the telephone."""

import base64
import hashlib
import hmac
import re
import shutil
import struct
import time

from playwright.sync_api import expect

from tests.browser.opening import PASSWORD

ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PATIENCE = 20_000  # milliseconds; two cores may have much else to do
WIDE = {"width": 1280, "height": 900}
PERIOD = 30
expect.set_options(timeout=PATIENCE)
# A refused save is an answer like others; the browser notes it as an error all the same.
EXPECTED = re.compile(
    r"(Failed to load resource: the server responded with a status of|Response Status Error Code) (409|412|422)"
)


def launch(playwright):
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)


def open_context(browser, portal, **options):
    """A browser profile of one person. `context.complaints`: what the console had to say, and requests to other hosts."""
    options = {"viewport": WIDE, "locale": "pt-BR", "timezone_id": "America/Sao_Paulo"} | options
    context = browser.new_context(base_url=portal.address, **options)
    context.set_default_timeout(PATIENCE)
    context.complaints = []
    context.on("console", lambda message: _note(context, message))
    context.on("request", lambda request: _only_here(context, portal, request))
    return context


def _note(context, message):
    if message.type in ("error", "warning") and not EXPECTED.match(message.text):
        context.complaints.append(f"{message.page.url if message.page else ''}: {message.text}")


def _only_here(context, portal, request):
    if not request.url.startswith((portal.address, "data:", "blob:")):
        context.complaints.append(f"asked another host: {request.url}")


class Person:
    def __init__(self, browser, portal, *, name, email, **options):
        self.portal, self.name, self.email = portal, name, email
        self.context = open_context(browser, portal, **options)
        self.page = self.context.new_page()
        self.telephone = None

    # Reading and pressing.

    def go(self, path):
        response = self.page.goto(path)
        assert response.status < 400, f"{response.status} at {path}"
        return self.page

    def press(self, name, **where):
        (where.get("at") or self.page).get_by_role("button", name=name, exact=where.get("exact", False)).click()

    def follow(self, name, **where):
        (where.get("at") or self.page).get_by_role("link", name=name, exact=where.get("exact", False)).click()

    def fill(self, **fields):
        for name, text in fields.items():
            self.page.locator(f"main [name={name}]").fill(text)

    def sees(self, text):
        expect(self.page.get_by_text(text).first).to_be_visible()

    def sees_title(self, text):
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def download(self, link):
        with self.page.expect_download() as caught:
            link.click()
        return caught.value

    # Signing in.

    def sign_up(self):
        self.go("/conta/criar/")
        self.fill(name=self.name, email=self.email, password1=PASSWORD)
        self.press("Criar minha conta")
        self.sees_title("Confira a sua caixa de entrada")

    def confirm_address(self):
        letter = self.portal.wait_for_letter(self.email, "/conta/confirmar-email/")
        self.go(re.search(r"https?://\S+/conta/confirmar-email/\S+", letter)[0])
        self.press("Confirmar este endereço")
        self.sees_title("Entrar")

    def sign_in(self, password=PASSWORD):
        self.go("/conta/entrar/")
        self.fill(login=self.email, password=password)
        self.press("Entrar", at=self.page.locator("main"))
        if self.telephone:
            self.sees_title("Segunda etapa")
            self.fill(code=self.telephone.code())
            self.press("Entrar", at=self.page.locator("main"), exact=True)

    def sign_out(self):
        self.go("/conta/")
        self.page.locator(".user-menu summary").click()
        self.press("Sair")
        expect(self.page.get_by_role("link", name="Entrar")).to_be_visible()

    def set_up_second_factor(self):
        """On the page the portal leads to: the key goes into the telephone, its first code onto the page."""
        self.sees_title("Ativar a verificação em duas etapas")
        self.telephone = Telephone(self.page.locator("form.card code").inner_text())
        self.fill(code=self.telephone.code())
        self.press("Ativar")

    def confirm_it_is_me(self):
        """What weighs asks for the password once more."""
        self.sees_title("Confirme que é você")
        self.fill(password=PASSWORD)
        self.press("Continuar")


class Telephone:
    """An authenticator app: a code each half minute, and no code twice."""

    def __init__(self, secret):
        secret = secret.replace(" ", "")
        self.key = base64.b32decode(secret + "=" * (-len(secret) % 8))
        self.used = set()

    def code(self):
        now = int(time.time()) // PERIOD
        # The portal accepts the code before and the one after, and each once.
        step = next(step for step in (now, now + 1, now - 1) if step not in self.used)
        self.used.add(step)
        return code_at(self.key, step)


def code_at(key, step):
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
