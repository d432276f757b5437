/* A <dialog data-dialog> opens when a region in it is filled, and closes when it comes back
   empty. Whoever opened it has the focus again, by id, since a swap may have replaced it; where
   it is gone the element named by data-fallback has. [data-closes] and Escape close it, and so
   does a click beside it as long as nothing is written in it. */
(() => {
  let opener = "";

  // Settled: before that, a quick Enter would send its form the old way.
  document.addEventListener("htmx:afterSettle", ({ target, detail }) => {
    if (!(target instanceof Element)) return;
    const dialog = target.closest("dialog[data-dialog]");
    if (!dialog) return;
    if (!target.childElementCount) {
      dialog.close();
    } else if (!dialog.open) {
      opener = detail.requestConfig.elt.id;
      dialog.showModal();
    }
  });

  document.addEventListener("click", ({ target }) => {
    const dialog = target.closest("dialog[data-dialog]");
    const beside = target === dialog && !dialog.querySelector("textarea")?.value;
    if (beside || target.closest("[data-closes]")) dialog?.close();
  });

  // It does not bubble.
  document.addEventListener(
    "close",
    ({ target: dialog }) => {
      if (!dialog.matches("dialog[data-dialog]")) return;
      const back = document.getElementById(opener) ?? document.getElementById(dialog.dataset.fallback);
      back?.focus();
    },
    true,
  );
})();
