/* A request that failed changes nothing on the page: say so, and that nothing typed is lost.
   The words are in the page's own <template data-trouble>, translated there. */
(() => {
  const notices = document.getElementById("notices");
  const shown = () => notices.querySelector("[data-trouble-shown]");
  const kindOf = (event) =>
    event.detail.requestConfig.verb === "get" ? "load" : "save";

  function show(event) {
    const kind = kindOf(event);
    const before = shown();
    if (kind === "load" && before) return; // a failing poll must not repeat itself
    before?.remove();
    const words = document.querySelector(`template[data-trouble="${kind}"]`);
    const banner = words.content.firstElementChild.cloneNode(true);
    banner.dataset.troubleShown = kind;
    notices.append(banner);
  }

  for (const failure of ["responseError", "sendError", "timeout"]) {
    document.addEventListener(`htmx:${failure}`, show);
  }

  document.addEventListener("htmx:afterRequest", (event) => {
    const over = kindOf(event) === "save" || shown()?.dataset.troubleShown === "load";
    if (event.detail.successful && over) shown()?.remove();
  });
})();
