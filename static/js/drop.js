/* A <form data-drop> takes a file dropped anywhere on it, as if it had been chosen. */
(() => {
  const form = document.querySelector("form[data-drop]");
  const input = form?.querySelector("input[type=file]");
  if (!input) return;

  const marks = (on) => form.toggleAttribute("data-over", on);

  form.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    marks(true);
  });
  form.addEventListener("dragleave", () => marks(false));
  form.addEventListener("drop", (event) => {
    marks(false);
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    input.focus();
  });
})();
