// Every htmx request carries the CSRF token that stands in the page; htmx's own settings are in the page's meta tag.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (token && !["get", "head"].includes(event.detail.verb)) event.detail.headers["X-CSRFToken"] = token.value;
});

// What a swap brings to mend is read first, as on a full page.
document.addEventListener("htmx:afterSettle", (event) => {
  event.detail.elt.querySelector("[data-error-summary]")?.focus();
});
