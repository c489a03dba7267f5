// Keyboard conventions of every page. No framework: the pages work without this file.
"use strict";

(() => {
  const inText = (element) =>
    element instanceof HTMLElement &&
    (element.isContentEditable || ["INPUT", "TEXTAREA"].includes(element.tagName));

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !inText(event.target)) {
      const box = document.getElementById("lookup");
      if (box) {
        event.preventDefault();
        box.focus();
        box.select();
      }
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target instanceof Element && event.target.closest("form");
      if (form) {
        event.preventDefault();
        form.requestSubmit();
      }
    }
    if (event.key === "Escape") {
      const open = document.querySelector("details.menu[open]");
      if (open) {
        open.removeAttribute("open");
        open.querySelector("summary").focus();
        return;
      }
      if (event.target instanceof HTMLElement && event.target.id === "lookup") {
        event.target.blur();
        return;
      }
      const form = event.target instanceof Element && event.target.closest("form");
      const cancel = form && form.querySelector("a[data-cancel]");
      if (cancel) {
        event.preventDefault();
        cancel.focus();
      }
    }
  });

  // One menu open at a time; a click elsewhere closes it.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.removeAttribute("open");
    }
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const last = form.dataset.confirmWhen && form.elements[form.dataset.confirmWhen];
    const question = form.dataset.confirm || (last && last.value.trim() && form.dataset.confirmText);
    if (question && !window.confirm(question)) {
      event.preventDefault();
      return;
    }
    // A second click sends nothing twice; coming back to the page frees the button.
    if (form.method === "post") {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    }
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // Going back, a browser gives what was typed back, but not in fields without its own suggestions: a number, a date.
  const unkept = () => document.querySelectorAll("form[method=post] input[autocomplete=off][id]");
  window.addEventListener("pagehide", () => {
    const typed = Object.fromEntries([...unkept()].map((input) => [input.id, input.value]));
    window.history.replaceState({ ...window.history.state, typed }, "");
  });
  const [arrival] = performance.getEntriesByType("navigation");
  const typed = arrival && arrival.type === "back_forward" && window.history.state && window.history.state.typed;
  for (const input of typed ? unkept() : []) input.value = typed[input.id] ?? input.value;

  for (const all of document.querySelectorAll("[data-check-all]")) {
    const boxes = () => all.form.querySelectorAll(`input[name="${all.dataset.checkAll}"]`);
    all.hidden = false;
    all.addEventListener("change", () => { for (const box of boxes()) box.checked = all.checked; });
    all.form.addEventListener("change", () => { all.checked = [...boxes()].every((box) => box.checked); });
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }

  // A picture larger than its place begins with what it is about.
  for (const place of document.querySelectorAll("[data-centre]")) {
    const middle = place.querySelector("[aria-current]");
    if (!middle) continue;
    const inside = middle.getBoundingClientRect(), around = place.getBoundingClientRect();
    place.scrollLeft += inside.left + inside.width / 2 - around.left - around.width / 2;
    place.scrollTop += inside.top + inside.height / 2 - around.top - around.height / 2;
  }

  // After a refused form the summary is read first.
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  // The weekday beside a date, as it is typed: dd/mm/yyyy.
  const weekdays = document.documentElement.lang === "en"
    ? ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    : ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
  // Typed short, a date is written out: 5/2 is of this year, 05022021 and 5/2/21 of 2021.
  const writtenOut = (typed) => {
    const found = /^\s*(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}))?\s*$/.exec(typed) || /^\s*(\d{2})(\d{2})(\d{4})\s*$/.exec(typed);
    if (!found) return typed;
    const year = found[3] === undefined ? new Date().getFullYear() : Number(found[3]) + (found[3].length === 2 ? 2000 : 0);
    return `${found[1].padStart(2, "0")}/${found[2].padStart(2, "0")}/${year}`;
  };
  for (const output of document.querySelectorAll("output.weekday")) {
    const input = document.getElementById(output.htmlFor.value);
    if (!input) continue;
    const show = () => {
      const found = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(input.value);
      output.textContent = "";
      if (!found) return;
      const day = new Date(Number(found[3]), Number(found[2]) - 1, Number(found[1]));
      if (day.getDate() === Number(found[1]) && day.getMonth() === Number(found[2]) - 1) {
        output.textContent = weekdays[day.getDay()];
      }
    };
    const writeOut = () => {
      input.value = writtenOut(input.value);
      show();
    };
    input.addEventListener("input", show);
    input.addEventListener("change", writeOut);
    if (input.form) input.form.addEventListener("submit", writeOut);
  }
})();
