// A button that prints the page; without scripts a hint stands in its place.
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
  button.hidden = false;
}
for (const hint of document.querySelectorAll("[data-print-hint]")) hint.hidden = true;
