// Beside the fields of a proposal, the place in the text that each was read from. Links lead there without this file.
"use strict";

(() => {
  const pane = document.querySelector(".marked");
  if (!pane) return;
  const marks = [...pane.querySelectorAll("mark[data-marks]")];
  const show = (id) => {
    let first = null;
    for (const mark of marks) {
      const within = mark.dataset.marks.split(" ").includes(id);
      mark.classList.toggle("current", within);
      first = first || (within ? mark : null);
    }
    if (first) {
      const room = pane.getBoundingClientRect();
      pane.scrollTop += first.getBoundingClientRect().top - room.top - room.height / 3;
    }
  };
  const showSourceOf = (element) => {
    const field = element instanceof Element && element.closest(".field, .reference-row");
    const source = field && field.querySelector("a.source");
    if (source) show(source.hash.slice(1));
  };
  document.addEventListener("focusin", (event) => showSourceOf(event.target));
  showSourceOf(document.activeElement); // a quick hand is in a field before this file is there
  document.addEventListener("click", (event) => {
    const source = event.target instanceof Element && event.target.closest("a.source");
    if (!source) return;
    event.preventDefault();
    show(source.hash.slice(1));
    pane.scrollIntoView({ block: "nearest" });
  });
})();
