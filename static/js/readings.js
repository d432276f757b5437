/* A figure that may mean two things: [data-fills] is one of them, and goes into the field of that
   id when it is chosen. First of all, so that a form that saves at once sends the figure. */
document.addEventListener(
  "change",
  ({ target: choice }) => {
    if (!choice.matches("[data-fills]")) return;
    const field = document.getElementById(choice.dataset.fills);
    field.value = choice.value;
    field.focus();
  },
  true,
);
