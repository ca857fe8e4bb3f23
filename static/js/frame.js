// The page frame: everything here only eases what already works without it.
(() => {
  const menu = document.getElementById("menu");
  const button = document.querySelector(".menu-button");
  if (menu && button) {
    const show = (open) => {
      menu.classList.toggle("is-open", open);
      button.setAttribute("aria-expanded", String(open));
    };
    button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
    document.querySelector('a[href="#menu"]')?.addEventListener("click", () => show(true));
  }

  // On a telephone the room's menu is one line that moves sideways: what is open stands in sight, and where the keyboard is.
  const strip = document.querySelector(".subnav ul");
  const bringIn = (link) => {
    strip.scrollLeft = link.offsetLeft - strip.offsetLeft - (strip.clientWidth - link.offsetWidth) / 2;
  };
  const here = strip?.querySelector("[aria-current]");
  if (here) bringIn(here);
  // Not under a finger: what moves before the press has ended is not pressed.
  strip?.addEventListener("focusin", ({ target }) => target.matches(":focus-visible") && bringIn(target));

  const account = document.querySelector(".user-menu");
  document.addEventListener("click", (event) => {
    if (account?.open && !account.contains(event.target)) account.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !account?.open) return;
    account.open = false;
    account.querySelector("summary").focus();
  });

  // What to mend is read first: after a refused form the summary takes the focus, and so does one that htmx brings.
  document.querySelector("[data-error-summary]")?.focus();
  document.addEventListener("htmx:afterSettle", (event) => {
    event.detail.elt.querySelector("[data-error-summary]")?.focus();
  });

  // Every htmx request carries the CSRF token that stands in the page; htmx's own settings are in the page's meta tag.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (token && !["get", "head"].includes(event.detail.verb)) event.detail.headers["X-CSRFToken"] = token.value;
  });
})();
