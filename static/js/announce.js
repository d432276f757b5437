/* A swap is silent to a screen reader. So a region says what changed: in a [data-announce]
   element, by its text, or by the attribute's own words where the text is not a sentence. */
(() => {
  const announcer = document.getElementById("announcer");
  let waiting = [];

  function say(words) {
    if (waiting.length === 0) {
      announcer.textContent = ""; // the same words twice must be heard twice
      setTimeout(() => {
        announcer.textContent = waiting.join(" ");
        waiting = [];
      }, 100);
    }
    waiting.push(words);
  }

  document.addEventListener("htmx:afterSwap", ({ target: region }) => {
    if (!(region instanceof Element)) return;
    const speakers = [...region.querySelectorAll("[data-announce]")];
    if (region.matches("[data-announce]")) speakers.unshift(region);
    for (const speaker of speakers) {
      const words = speaker.dataset.announce || speaker.textContent;
      say(words.trim().replace(/\s+/g, " "));
    }
  });
})();
