/* A week is logged with quick thumbs: every tap counts once, in its order, and none is lost.

   A row that saves is replaced by the answer, and htmx drops what waits for a form that has
   gone. So a tap on a row that saves waits here, and is made on the new row. A tap that got
   no answer may have been counted or not: the next one like it is sent under the same key,
   which the server counts once. */
(() => {
  const saving = new Map(); // a row's id → {sent, waiting: what was tapped meanwhile}
  const unanswered = new Map(); // what was tapped → the key it went out with

  const rowOf = (element) => element.closest("[data-taps]");

  // What a form asks for. A button is found again by its id, a number by what was typed.
  function tapOf(form, button) {
    const field = form.elements.count;
    return button ? { id: button.id } : { id: field.id, count: field.value };
  }

  const same = (one, other) => one.id === other.id && one.count === other.count;

  // crypto.randomUUID is missing on an office server without https.
  function newKey() {
    const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
      byte.toString(16).padStart(2, "0"),
    );
    return hex.join("");
  }

  document.addEventListener(
    "submit",
    (event) => {
      const row = rowOf(event.target);
      if (!row) return;
      const button = event.submitter?.name === "change" ? event.submitter : null;
      const tap = tapOf(event.target, button);
      const before = saving.get(row.id);
      if (!before) {
        saving.set(row.id, { sent: tap, waiting: [] });
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      // Enter says a number twice: by the field's change, and as the form's submit.
      if (tap.count === undefined || !same(tap, before.sent)) before.waiting.push(tap);
    },
    true,
  );

  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-count]")) target.form.requestSubmit();
  });

  document.addEventListener("htmx:configRequest", ({ target, detail }) => {
    const row = rowOf(target);
    if (!row) return;
    const { sent } = saving.get(row.id);
    const known = `${detail.parameters.week} ${sent.id} ${sent.count}`;
    const key = unanswered.get(known) ?? newKey();
    unanswered.set(known, key);
    saving.get(row.id).known = known;
    detail.parameters.key = key;
  });

  // While somebody types a number, the row stays as it is: what they type sets it anyway.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const row = rowOf(detail.target);
    const field = row?.querySelector("[data-count]");
    if (!field) return;
    const typing = field === document.activeElement && field.value !== field.defaultValue;
    const sent = saving.get(row.id)?.sent;
    if (typing && sent?.count !== field.value) detail.shouldSwap = false;
  });

  function make(tap) {
    const control = document.getElementById(tap.id);
    if (tap.count === undefined) {
      control.click(); // on a minus that is disabled by now it does nothing
    } else {
      control.value = tap.count;
      control.form.requestSubmit();
    }
  }

  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const row = rowOf(detail.requestConfig.elt); // by now another one stands in its place
    const before = row && saving.get(row.id);
    if (!before) return;
    saving.delete(row.id);
    if (!detail.successful) return; // what waited is not sent: the number seen is what holds
    unanswered.delete(before.known);
    const changes = document.querySelector(`#${row.id} details`);
    if (changes) changes.open = row.querySelector("details[open]") !== null;
    const { waiting } = before;
    while (waiting.length > 0 && !saving.has(row.id)) make(waiting.shift());
    saving.get(row.id)?.waiting.push(...waiting);
  });

  function leaveToTheBrowser(tap, key) {
    const control = document.getElementById(tap.id);
    const data = new FormData(control.form);
    data.set("key", key);
    data.set(control.name, tap.count ?? control.value);
    navigator.sendBeacon(control.form.action, data);
  }

  // Whoever leaves in the middle of it: the tap that is on its way may be cut off, so it
  // goes once more under its own key, and those that wait go after it.
  addEventListener("pagehide", () => {
    for (const { sent, known, waiting } of saving.values()) {
      leaveToTheBrowser(sent, unanswered.get(known));
      for (const tap of waiting.splice(0)) leaveToTheBrowser(tap, newKey());
    }
  });
})();
