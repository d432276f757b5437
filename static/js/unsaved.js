/* What was typed into a form [data-unsaved] and is not saved yet: the bar says so, and leaving
   the page asks first. The words are in the page's own <template>s, translated there. */
(() => {
  const bar = document.querySelector("[data-unsaved-says]");
  if (!bar) return;
  let says = "";

  const formNow = () => document.querySelector("form[data-unsaved]");

  function unsaved(form) {
    // "yes": the server sent back what it did not save.
    if (form.dataset.unsaved) return "words";
    const words = [...form.querySelectorAll("textarea, input:is([type=text], [type=date])")];
    if (words.some(({ value, defaultValue }) => value !== defaultValue)) return "words";
    const choices = [...form.querySelectorAll("input[type=radio]")];
    return choices.some((one) => one.checked !== one.defaultChecked) ? "choice" : "";
  }

  function ask(event) {
    event.preventDefault();
    event.returnValue = true; // browsers before 2024
  }

  function refresh() {
    const form = formNow();
    const now = form ? unsaved(form) : "";
    if (now === says) return;
    says = now;
    const words = document.querySelector(`template[data-unsaved-words="${says}"]`);
    bar.replaceChildren(...(words ? [words.content.cloneNode(true)] : []));
    // Only while it is needed: a page that asks is not kept for the way back.
    if (says) addEventListener("beforeunload", ask);
    else removeEventListener("beforeunload", ask);
  }

  document.addEventListener("input", refresh);
  document.addEventListener("htmx:afterSettle", refresh);
  addEventListener("pageshow", refresh); // a browser may bring words back

  // Sent the old way, where htmx did not load.
  document.addEventListener("submit", (event) => {
    if (event.target === formNow() && !event.defaultPrevented) removeEventListener("beforeunload", ask);
  });
})();
