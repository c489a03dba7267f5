// Up and down move through the results; Enter opens the one that has the focus.
"use strict";

(() => {
  const links = [...document.querySelectorAll("ol.results a.result")];
  const box = document.getElementById("q");
  document.addEventListener("keydown", (event) => {
    if (!links.length || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const here = links.indexOf(document.activeElement);
    if (here < 0 && document.activeElement !== box && !document.activeElement.matches("body, main")) return;
    event.preventDefault();
    const next = here + (event.key === "ArrowDown" ? 1 : -1);
    if (next < 0) box.focus();
    else links[Math.min(next, links.length - 1)].focus();
  });
})();
