// Pages of reports: show the fields that a kind of period has, copy a paragraph. They work without this file.
"use strict";

(() => {
  const form = document.querySelector("form[data-period]");
  if (form) {
    const kind = form.elements.kind;
    const show = () => {
      for (const field of form.querySelectorAll("[data-for]")) {
        const wanted = field.dataset.for.split(" ").includes(kind.value);
        field.hidden = !wanted;
        for (const input of field.querySelectorAll("input, select")) input.disabled = !wanted;
      }
    };
    kind.addEventListener("change", show);
    show();
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.classList.add("done");
    });
  }

  // A text box as tall as its paragraph.
  for (const box of document.querySelectorAll("textarea[data-grow]")) {
    const grow = () => {
      box.style.height = "auto";
      box.style.height = `${Math.min(box.scrollHeight + 4, window.innerHeight * 0.7)}px`;
    };
    box.addEventListener("input", grow);
    grow();
  }
})();
