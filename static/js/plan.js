// The plan's page, saved field by field while two people type.

const formOf = (event) => event.target.closest?.("[data-saves]");

document.addEventListener("htmx:configRequest", (event) => {
  const form = formOf(event);
  if (!form) return;

  // Leaving a field says the same again as the last pause in typing did.
  const { value } = form.elements.value;
  const asked = event.detail.triggeringEvent?.type === "submit";
  if (form.dataset.sent === value && !asked) return event.preventDefault();
  form.dataset.sent = value;

  // All figures go along, so that the server can work the chain out from what is on the
  // page, without measuring anything again.
  for (const input of document.querySelectorAll("[data-figure]")) {
    event.detail.parameters[`figure_${input.dataset.figure}`] = input.value;
    event.detail.parameters[`measured_${input.dataset.figure}`] = input.form.elements.measured.value;
  }
});

// An override taken away: the box says again what the records say.
document.addEventListener("focusout", ({ target }) => {
  if (target.matches("[data-figure]") && target.value.trim() === "") {
    target.value = target.form.elements.measured.value;
  }
});

// A figure is shown as it was understood, once nobody types in it: 150k is $150,000.
function showAsSaved(form) {
  const { value: field, was, measured } = form.elements;
  if (field === document.activeElement || field.value !== form.dataset.saved) return;
  field.value = was.value || measured?.value || "";
  form.dataset.sent = form.dataset.saved = field.value;
}

document.addEventListener("htmx:afterRequest", (event) => {
  const form = formOf(event);
  if (form && event.detail.xhr.status === 200) {
    form.dataset.saved = event.detail.requestConfig.parameters.value;
  }
});

document.addEventListener("htmx:afterSettle", (event) => {
  const form = formOf(event);
  if (form?.dataset.saved) showAsSaved(form);
});

document.addEventListener("focusout", ({ target }) => {
  const form = target.closest("[data-saves]");
  if (form?.dataset.saved) setTimeout(() => showAsSaved(form)); // the focus has gone by then
});

// Not saved is not "Saved 10:42": what went wrong stands above the page.
for (const failure of ["responseError", "sendError", "timeout"]) {
  document.addEventListener(`htmx:${failure}`, (event) => {
    const form = formOf(event);
    if (!form) return;
    delete form.dataset.sent;
    form.querySelector(".saved p")?.remove();
  });
}
