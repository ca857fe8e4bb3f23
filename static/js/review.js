// Keys of the review: j and k go to the next and previous question, n opens its note. Never while somebody types.
(() => {
  const questions = [...document.querySelectorAll("[data-question]")];
  if (!questions.length) return;

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  const here = () => questions.findIndex((question) => question.contains(document.activeElement));

  const go = (place) => {
    const question = questions[Math.max(0, Math.min(place, questions.length - 1))];
    question.focus({ preventScroll: true });
    question.scrollIntoView({ block: "start" });
  };

  const note = () => {
    const details = questions[Math.max(0, here())].querySelector(".add-note");
    if (!details) return;
    details.open = true;
    details.querySelector("textarea").focus();
  };

  const keys = { j: () => go(here() + 1), k: () => go(here() - 1), n: note };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
