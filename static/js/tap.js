/* A week is logged with quick thumbs: each tap goes into the outbox, and its answer is the row.

   What waits there for long is seen: the number is what is saved and what waits together, and
   the row says what is saved. */
(() => {
  const rows = () => document.querySelectorAll("[data-taps]");
  const fieldOf = (row) => row.querySelector("[data-count]");

  function isOf(row, { url, said }) {
    const form = row.querySelector("form");
    if (form?.getAttribute("action") !== url) return false;
    return form.elements.kind.value === said.kind && form.elements.week.value === said.week;
  }

  // While somebody types a number, the field is theirs: what they type sets it anyway.
  const isTyping = (field) =>
    field === document.activeElement && field.value !== field.defaultValue;

  function counted(done, { change, count }) {
    if (change) return Math.max(done + Number(change), 0);
    return /^\s*\d+\s*$/.test(count) ? Number(count) : done;
  }

  function show(row) {
    const field = fieldOf(row);
    const waiting = outbox.isLate() ? outbox.taps.filter((tap) => isOf(row, tap)) : [];
    const before = row.querySelector("[data-outbox-says]");
    if (!field || (!waiting.length && !before)) return;

    before?.remove();
    const { done } = row.dataset;
    const shown = waiting.reduce((sum, { said }) => counted(sum, said), Number(done));
    if (!isTyping(field)) field.value = field.defaultValue = shown;
    const [fewer, more] = row.querySelectorAll("button[name=change]");
    if (!shown && fewer === document.activeElement) more.focus();
    fewer.disabled = !shown;
    if (!waiting.length) return;

    const template = document.querySelector("template[data-outbox=row]");
    const note = template.content.firstElementChild.cloneNode(true);
    note.dataset.outboxSays = "row";
    note.querySelector("[data-saved]").textContent = done;
    row.append(note);
  }

  document.addEventListener("taps-late", () => rows().forEach(show));

  document.addEventListener("tap-answered", ({ detail: { tap, html } }) => {
    for (const row of rows()) {
      if (!isOf(row, tap)) continue;
      const field = fieldOf(row);
      if (html && !(isTyping(field) && field.value !== tap.said.count)) swap(row, html);
      else show(row);
    }
  });

  function swap(row, html) {
    const isOpen = row.querySelector("details[open]") !== null;
    htmx.swap(row, html, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 });
    const now = document.getElementById(row.id);
    const changes = now.querySelector("details");
    if (changes) changes.open = isOpen;
    show(now);
  }

  // Before htmx hears of it, which would drop one that waits for the row to come back.
  document.addEventListener(
    "submit",
    (event) => {
      const { target: form, submitter } = event;
      const row = form.closest("[data-taps]");
      if (!row) return;
      event.preventDefault();
      event.stopPropagation();

      const { kind, week, count } = form.elements;
      const said = { kind: kind.value, week: week.value };
      if (submitter?.name === "change") said.change = submitter.value;
      else said.count = count.value;
      // Enter says a number twice: by the field's change, and as the form's submit.
      const last = outbox.taps.at(-1);
      if (said.count !== undefined && last?.said.count === said.count && isOf(row, last)) return;

      outbox.add({ url: form.getAttribute("action"), said });
      if (outbox.isLate()) document.getElementById("announcer").textContent = fieldOf(row).value;
    },
    true,
  );

  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-count]")) target.form.requestSubmit();
  });

  rows().forEach(show);
})();
