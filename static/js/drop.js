/* A <form data-drop> takes a file dropped anywhere on it, as if it had been chosen. What is
   pasted and too long for a field becomes a file, too. */
(() => {
  const LONGEST = 500_000; // letters
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

  form.querySelector("textarea").addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text");
    if (text.length < LONGEST) return;
    event.preventDefault();
    const held = new DataTransfer();
    held.items.add(new File([text], form.dataset.drop));
    input.files = held.files;
    input.focus();
  });
})();
