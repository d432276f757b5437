/* A request that failed: say so, and that nothing typed is lost; or show what is saved.

   A press without words, such as a tick, may have been saved though its answer was lost. So its
   region is read anew, from the page's own address, until that succeeds. The words are in the
   page's own <template data-trouble>, translated there. */
(() => {
  const [FIRST_REST, LONGEST_REST] = [1_000, 15_000]; // milliseconds until it is read again
  const reading = new Set(); // ids of regions
  const shown = () => document.querySelector("[data-trouble-shown]");
  // An import holds what was to be changed: the server says when to try again.
  const isBusy = ({ detail: { xhr } }) =>
    xhr?.status === 503 && xhr.getResponseHeader("Retry-After") !== null;
  const isLoad = ({ detail }) => detail.requestConfig.verb === "get";

  function show(kind) {
    const words = document.querySelector(`template[data-trouble="${kind}"]`);
    const banner = words.content.firstElementChild.cloneNode(true);
    banner.dataset.troubleShown = kind;
    shown()?.remove();
    // The page behind an open dialog is neither seen nor heard.
    (document.querySelector("dialog[open]") ?? document.getElementById("notices")).prepend(banner);
  }

  const isTyped = ({ value, defaultValue, type }) =>
    defaultValue !== undefined && type !== "hidden" && value !== defaultValue;

  function isPress({ target, requestConfig: { elt: form } }) {
    const fields = [...(form.elements ?? []), ...target.querySelectorAll("input, textarea")];
    return target.id && !target.closest("dialog") && !fields.some(isTyped);
  }

  async function readAgain(id, then) {
    reading.add(id);
    for (let rest = FIRST_REST; ; rest = Math.min(rest * 2, LONGEST_REST)) {
      const page = await pageNow();
      const now = page?.getElementById(id);
      const region = document.getElementById(id);
      if (page && now && region) {
        htmx.swap(region, now.outerHTML, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 });
        show(then);
      }
      if (page) break;
      if (rest === FIRST_REST) show("no-answer");
      await new Promise((done) => setTimeout(done, rest));
    }
    reading.delete(id);
  }

  async function pageNow() {
    try {
      const answer = await fetch(location.href);
      return answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      return null;
    }
  }

  function failed(event) {
    const { target } = event.detail;
    if (isLoad(event)) {
      if (!shown()) show("load"); // a failing poll must not repeat itself
    } else if (!isPress(event.detail)) {
      show(isBusy(event) ? "busy" : "save");
    } else if (!reading.has(target.id)) {
      readAgain(target.id, isBusy(event) ? "busy" : "press");
    }
  }

  for (const failure of ["responseError", "sendError", "timeout"]) {
    document.addEventListener(`htmx:${failure}`, failed);
  }

  document.addEventListener("htmx:afterRequest", (event) => {
    const over = !isLoad(event) || shown()?.dataset.troubleShown === "load";
    if (event.detail.successful && over) shown()?.remove();
  });

  // What a dialog said is still true of the page.
  document.addEventListener(
    "close",
    ({ target }) => {
      const said = target.querySelector("[data-trouble-shown]");
      if (said) document.getElementById("notices").prepend(said);
    },
    true,
  );
})();
