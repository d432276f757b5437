/* − and + beside a number that is sent with its form: without scripts it is typed. */
for (const row of document.querySelectorAll("[data-step]")) {
  const field = row.querySelector("input:not([type=hidden])");
  const buttons = row.querySelectorAll("button[data-by]");
  const after = (button) => (Number.parseInt(field.value, 10) || 0) + Number(button.dataset.by);

  // Not `disabled`, which would take the focus away from a minus pressed down to 0.
  const refresh = () => {
    for (const button of buttons) button.ariaDisabled = String(after(button) < 0);
  };

  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => {
      if (after(button) < 0) return;
      field.value = after(button);
      document.getElementById("announcer").textContent = field.value;
      refresh();
    });
  }
  field.addEventListener("input", refresh);
  addEventListener("pageshow", refresh); // a browser may bring the number back
  refresh();
}
