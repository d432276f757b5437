// The plan's page sends all its figures with each save, so that the server can work the
// chain out from what is on the page, without measuring anything again.
document.addEventListener("htmx:configRequest", (event) => {
  if (!event.target.closest("[data-saves]")) return;
  for (const input of document.querySelectorAll("[data-figure]")) {
    event.detail.parameters[input.dataset.figure] = input.value;
  }
});
