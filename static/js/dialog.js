/* A <dialog data-dialog> opens when a region in it is filled, and closes when it comes back
   empty. Whoever opened it has the focus again, by id, since a swap may have replaced it; where
   it is gone the element named by data-fallback has. [data-closes], Escape and a click beside
   the dialog close it. */
(() => {
  let opener = "";

  document.addEventListener("htmx:afterSwap", ({ target, detail }) => {
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
    if (target.matches("dialog[data-dialog]") || target.closest("[data-closes]")) {
      target.closest("dialog[data-dialog]")?.close();
    }
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
