/* A card that was just moved comes at the top of its lane, and is put where a reload would show
   it: the one that has been there longest first, where nobody knows since when last. Once its
   place is read too it may come a second time: a card is on the board once. */
(() => {
  const place = (card) => [card.dataset.since || "9999", Number(card.id.split("-").pop())];
  const comesAfter = (other, card) => {
    const [[since, number], [cards, cardsNumber]] = [place(other), place(card)];
    return since === cards ? number > cardsNumber : since > cards;
  };

  document.addEventListener("htmx:load", ({ target: card }) => {
    if (!(card instanceof Element) || !card.matches(".lane-cards > .note")) return;
    const lane = card.parentElement;
    for (const other of lane.querySelectorAll(`:scope > #${card.id}`)) {
      if (other !== card) other.remove();
    }
    if (card !== lane.firstElementChild) return;
    const others = [...lane.querySelectorAll(":scope > .note")].filter((one) => one !== card);
    const next = others.find((other) => comesAfter(other, card));
    lane.insertBefore(card, next ?? lane.querySelector(":scope > .lane-more"));
  });
})();
