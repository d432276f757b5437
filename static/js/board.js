/* A card that was just moved stands at the top of its lane, wherever its place in it is. Once
   that place is read too, it goes there: a card is on the board once. */
document.addEventListener("htmx:afterSwap", ({ target: card }) => {
  if (!(card instanceof Element) || !card.matches(".lane-cards > .note")) return;
  for (const other of card.parentElement.querySelectorAll(`:scope > #${card.id}`)) {
    if (other !== card) other.remove();
  }
});
