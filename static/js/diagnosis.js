// Answers that save themselves. htmx sends each question's form; this file sees to it that nothing typed is lost on the way: what is
// not saved yet is kept in this browser, sent again until it is answered, and put back after a reload.
(() => {
  const room = document.querySelector("[data-diagnosis]");
  if (!room || !window.htmx) return;
  document.documentElement.classList.add("saves-itself");
  const words = room.dataset;
  const page = location.pathname.includes("/contexto/") ? "context" : "answer";
  const PREFIX = `migracidades:${words.person}:${words.diagnosis}:${page}:`;
  const BACKOFF = [2, 4, 8, 15, 30, 60];
  // Fields the server hands out; everything else is the person's.
  const HANDED_OUT = new Set(["csrfmiddlewaretoken", "version", "key", "shown", "many", "keep"]);

  // form -> { saved: signature, flight: FormData sent and not answered, tries, timer, conflict }
  const states = new WeakMap();
  const stateOf = (form) => states.get(form) ?? states.set(form, { saved: signature(form), tries: 0 }).get(form);
  const forms = () => [...document.querySelectorAll("form[data-answer]")];
  const formOf = (element) => element?.closest?.("form[data-answer]");

  function own(form) {
    return [...new FormData(form).entries()].filter(([name, value]) => !HANDED_OUT.has(name) && typeof value === "string");
  }
  const signature = (form) => JSON.stringify(own(form).filter(([, value]) => value !== ""));
  const hidden = (form, name) => form.querySelector(`.answer-state [name="${name}"]`)?.value ?? "";
  const isDirty = (form) => signature(form) !== stateOf(form).saved;

  // --- What is kept in this browser ---
  const nameOf = (form) => PREFIX + form.dataset.answer;
  function keep(form) {
    try {
      if (!isDirty(form)) localStorage.removeItem(nameOf(form));
      else localStorage.setItem(nameOf(form), JSON.stringify({ fields: own(form), version: hidden(form, "version"), at: Date.now() }));
    } catch { /* storage full or refused: the page itself still holds the text */ }
  }
  function kept(form) {
    try { return JSON.parse(localStorage.getItem(nameOf(form)) ?? "null"); } catch { return null; }
  }
  function forget(form) {
    try { localStorage.removeItem(nameOf(form)); } catch { /* nothing kept, nothing to forget */ }
  }
  function restore(form) {
    const draft = kept(form);
    if (!draft) return;
    for (const field of form.elements) {
      if (!field.name || HANDED_OUT.has(field.name)) continue;
      const values = draft.fields.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    }
    if (!isDirty(form)) return forget(form);
    // Sent with the version it was written on: if somebody saved meanwhile, both texts are shown.
    const version = form.querySelector('.answer-state [name="version"]');
    if (version && draft.version !== "") version.value = draft.version;
    say(form, words.wordsRestored, "warning");
    htmx.trigger(form, "retry");
  }

  // --- What is said ---
  function say(form, text, kind) {
    const state = form.querySelector(".answer-state");
    let line = state.querySelector("[data-said]");
    if (!line) {
      line = document.createElement("p");
      line.dataset.said = "";
      state.prepend(line);
    }
    line.className = `saved is-${kind}`;
    line.textContent = text;
    return line;
  }
  const unsay = (form) => form.querySelector("[data-said]")?.remove();
  let lastSaved = null;
  function tellAll() {
    const line = document.getElementById("all-saved");
    if (!line) return;
    const open = forms().some((form) => isDirty(form) || stateOf(form).flight);
    const text = open ? words.wordsSome : lastSaved ? `${words.wordsAll} ${lastSaved}` : "";
    if (line.textContent !== text) line.textContent = text;
  }

  // --- Sending ---
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const copy = (data) => {
    const twin = new FormData();
    for (const [name, value] of data.entries()) twin.append(name, value);
    return twin;
  };

  document.addEventListener("htmx:configRequest", (event) => {
    const form = formOf(event.detail.elt);
    if (!form) return;
    const state = stateOf(form);
    const chosen = event.detail.triggeringEvent?.submitter?.name === "keep";
    if (state.flight && !chosen) {
      // The last one was never answered: the very same goes again under its key, and what changed since follows it.
      const again = copy(state.flight);
      again.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
      event.detail.parameters = again;
      state.sending = state.sent;
      return;
    }
    const pressed = event.detail.triggeringEvent?.type === "submit";
    if (!chosen && (state.conflict || (!isDirty(form) && !pressed))) {
      event.preventDefault();
      return;
    }
    state.sending = signature(form);
    const parameters = event.detail.formData ?? event.detail.parameters;
    parameters.set("key", newKey());
    event.detail.parameters = parameters;
    state.flight = copy(parameters);
    state.sent = state.sending;
  });

  document.addEventListener("htmx:beforeSend", (event) => {
    const form = formOf(event.detail.elt);
    if (form && !stateOf(form).conflict) say(form, words.wordsSaving, "neutral");
  });

  // A page that is not this room's (a sign-in page, a proxy's) never takes the place of an answer's state.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = formOf(event.detail.requestConfig?.elt);
    if (form && !event.detail.xhr.getResponseHeader("X-Answer-State")) event.detail.shouldSwap = false;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = formOf(event.detail.requestConfig?.elt ?? event.detail.elt);
    if (!form) return;
    const { xhr } = event.detail;
    const answer = xhr.getResponseHeader("X-Answer-State");
    if (answer === "saved") saved(form, xhr.getResponseHeader("X-Saved-At"));
    else if (answer === "refused") refused(form, xhr.status);
    else if (xhr.status === 403 || xhr.status === 401 || (xhr.status >= 200 && xhr.status < 400)) signedOut(form, xhr.status);
    else if (xhr.status >= 400 && xhr.status < 500 && ![408, 425, 429].includes(xhr.status)) stuck(form);
    else later(form);
    tellAll();
  });
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:sendAbort"]) {
    document.addEventListener(name, (event) => {
      const form = formOf(event.detail.elt);
      if (form) later(form);
    });
  }

  function settle(form) {
    const state = stateOf(form);
    clearTimeout(state.timer);
    Object.assign(state, { flight: null, tries: 0, timer: null });
    form.classList.remove("is-stuck");
    return state;
  }
  function saved(form, at) {
    const state = settle(form);
    state.saved = state.sending;
    state.conflict = false;
    lastSaved = at ?? lastSaved;
    unsay(form);
    if (!form.isConnected) return forget(form);
    keep(form);
    if (isDirty(form)) htmx.trigger(form, "retry");
  }
  function refused(form, status) {
    const state = settle(form);
    state.conflict = status === 412;
    unsay(form);
    keep(form);
    if (status === 409) form.classList.add("is-stuck");
    // The first try may still be running on the server: its result is what counts.
    if (status === 409 && form.querySelector("[data-in-progress]")) later(form);
  }
  function stuck(form) {
    settle(form);
    say(form, words.wordsRefused, "danger");
    form.classList.add("is-stuck");
    keep(form);
  }
  function later(form) {
    const state = stateOf(form);
    keep(form);
    say(form, words.wordsUnsaved, "warning");
    if (state.timer) return;
    const seconds = BACKOFF[Math.min(state.tries, BACKOFF.length - 1)];
    state.tries += 1;
    state.timer = setTimeout(() => {
      state.timer = null;
      htmx.trigger(form, "retry");
    }, seconds * 1000);
  }

  // --- The session ended, or its token was renewed in another tab ---
  let asking = null;
  async function signedOut(form, status) {
    keep(form);
    if (await freshToken()) return later(form);
    if (status === 403) settle(form);
    const line = say(form, `${words.wordsSession} `, "danger");
    const link = document.createElement("a");
    Object.assign(link, { href: words.login, target: "_blank", rel: "noopener", textContent: words.wordsSignin });
    line.append(link);
  }
  // Whether this page may write again: the page is asked for anew and its token taken over.
  async function freshToken() {
    asking ??= (async () => {
      try {
        const response = await fetch(location.pathname, { credentials: "same-origin", headers: { "X-Fresh-Token": "1" } });
        if (!response.ok || new URL(response.url).pathname !== location.pathname) return false;
        const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
        const token = fresh.querySelector("form[data-answer] [name=csrfmiddlewaretoken]")?.value;
        if (!token) return false;
        const all = document.querySelectorAll("[name=csrfmiddlewaretoken]");
        const changed = all[0]?.value !== token;
        for (const field of all) field.value = token;
        return changed;
      } finally {
        setTimeout(() => { asking = null; }, 1000);
      }
    })().catch(() => false);
    return asking;
  }
  async function wake() {
    const waiting = forms().filter((form) => isDirty(form) && !stateOf(form).conflict);
    if (!waiting.length) return;
    if (document.querySelector("[data-said].is-danger")) await freshToken();
    for (const form of waiting) {
      clearTimeout(stateOf(form).timer);
      stateOf(form).timer = null;
      htmx.trigger(form, "retry");
    }
  }
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });

  // --- Typing ---
  document.addEventListener("input", (event) => {
    const form = formOf(event.target);
    if (!form) return;
    exclude(event.target, form);
    keep(form);
    tellAll();
    if (isDirty(form) && !stateOf(form).conflict && !stateOf(form).timer) say(form, words.wordsTyping, "neutral");
  });
  // «Sem dado» and «não se aplica» cannot both be: the later one stands.
  function exclude(field, form) {
    const other = { no_data: "not_applicable", not_applicable: "no_data" }[field.name];
    if (other && field.checked && form.elements[other]) form.elements[other].checked = false;
  }
  window.addEventListener("beforeunload", (event) => {
    if (forms().some((form) => isDirty(form))) event.preventDefault();
  });

  // A question that was drawn anew takes the place of the button that was pressed in it.
  document.addEventListener("htmx:afterSettle", (event) => {
    const question = event.detail.elt.closest?.("fieldset[data-question]");
    if (!question || document.activeElement !== document.body) return;
    question.tabIndex = -1;
    question.focus({ preventScroll: true });
  });

  // Questions that appear later (an answer opened them, two texts were joined) are taken in like the others.
  const begin = (root) => {
    for (const form of root.querySelectorAll?.("form[data-answer]") ?? []) {
      if (states.has(form)) continue;
      stateOf(form);
      restore(form);
    }
  };
  document.addEventListener("htmx:load", (event) => begin(event.detail.elt.parentElement ?? document));
  begin(document);
  tellAll();

  // On a wide screen the list of dimensions is open; on a phone it is a drop-down.
  const side = document.querySelector(".side-list");
  const wide = matchMedia("(min-width: 60rem)");
  const fit = () => { if (side) side.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
})();
