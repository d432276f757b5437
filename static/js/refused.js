/* What was refused is found: once a page or a region comes back, the focus goes to the first
   field in it that was refused, or to what is said of the whole form ([data-refused]), in sight.
   A region [data-about] a field elsewhere says how that one fared. Nobody is called away from
   a field they have begun to type in. */
(() => {
  const REFUSED = '[aria-invalid="true"], [data-refused]';
  let begunWith; // what stood in the field that has the focus when it got it

  document.addEventListener("focusin", ({ target }) => {
    begunWith = target.value;
  });

  const isTyping = (element) =>
    element?.matches("input, textarea") && element.value !== begunWith;

  function tell(region) {
    const field = document.getElementById(region.dataset.about);
    if (region.querySelector(".field-error")) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    return field;
  }

  function firstRefused(region) {
    if (region.dataset?.about) {
      const field = tell(region);
      return field.matches(REFUSED) ? field : null;
    }
    return region.matches?.(REFUSED) ? region : region.querySelector(REFUSED);
  }

  function find(region) {
    const first = firstRefused(region);
    if (!first) return;
    const active = document.activeElement;
    if (first !== active && isTyping(active)) return;
    for (let fold = first.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      fold.open = true;
    }
    const block = first === active ? "nearest" : "center";
    first.focus({ preventScroll: true });
    (first.closest(".field, [data-saves]") ?? first).scrollIntoView({ block });
  }

  find(document.querySelector("main") ?? document.body);
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (target instanceof Element) find(target);
  });
})();
