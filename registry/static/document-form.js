// While a document is typed: the next number, likenesses, what is odd. The form works without this file.
"use strict";

(() => {
  const form = document.querySelector("form.document-form");
  if (!form) return;
  const output = document.getElementById("next-number");
  const advice = document.getElementById("advice");
  const symbol = form.elements.namedItem("symbol");
  let symbolIsOurs = symbol && symbol.value === "";
  // Book and kind are proposed until the clerk chooses; what was sent once, or is registered, was chosen.
  const ours = new Set();
  for (const name of form.dataset.except || "refused" in form.dataset ? [] : ["book_id", "kind_id"]) {
    const list = form.elements.namedItem(name);
    if (list.value === "") ours.add(name);
    list.addEventListener("change", () => ours.delete(name));
  }
  let asked = 0;
  let timer = 0;

  const say = (text, className) => {
    const line = document.createElement("div");
    line.className = className;
    line.append(text);
    return line;
  };
  const ask = async () => {
    const turn = (asked += 1);
    const address = new URL(form.dataset.advice, window.location.origin);
    for (const name of ["direction", "book_id", "kind_id", "issuer_id", "number", "issued_on", "received_on"]) {
      const field = form.elements.namedItem(name);
      if (field && field.value && !ours.has(name)) address.searchParams.set(name, field.value);
    }
    if (ours.has("book_id")) address.searchParams.set("propose_book", "1");
    if (symbol && symbol.value && !symbolIsOurs) address.searchParams.set("symbol", symbol.value);
    const subject = form.elements.namedItem("subject");
    if (subject.value) address.searchParams.set("subject", subject.value.slice(0, 500));
    if (form.dataset.except) address.searchParams.set("except_id", form.dataset.except);
    let found;
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" } });
      if (!response.ok) return;
      found = await response.json();
    } catch {
      return; // the network is away; saving says what is wrong
    }
    if (turn !== asked) return;
    if (symbol && symbolIsOurs) symbol.value = found.symbol;
    for (const name of ours) form.elements.namedItem(name).value = found[name] ?? "";
    // A number typed by hand is the number; an arrival number is always the book's.
    const typed = symbol && form.elements.namedItem("number").value.trim();
    if (output) output.textContent = typed ? "" : found.next_number ?? output.dataset.none;
    const lines = found.warnings.map((text) => say(text, "advice-warning"));
    for (const like of found.likenesses) {
      const line = say(`${like.exact ? form.dataset.textSame : form.dataset.textLike}: `, "advice-like");
      const link = document.createElement("a");
      link.href = like.url;
      link.target = "_blank";
      link.textContent = [like.number, like.on].filter(Boolean).join(", ") || like.subject.slice(0, 60);
      line.append(link, ` ${like.subject}`);
      lines.push(line);
    }
    advice.replaceChildren(...lines);
  };
  const soon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, 350);
  };
  if (symbol) symbol.addEventListener("input", () => { symbolIsOurs = symbol.value === ""; });
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  ask();

  // Entry after entry by keyboard: it begins where something is to be filled in. On a phone the keyboard stays away.
  if (!form.dataset.except && !document.querySelector("[data-focus]") && window.matchMedia("(hover: hover)").matches) {
    const order = symbol ? ["kind_id", "issuer", "subject"] : ["kind_id", "issuer", "number", "subject"];
    const first = order.map((name) => form.elements.namedItem(name)).find((field) => !field.value);
    if (first) first.focus({ preventScroll: true });
  }

  // Further lines for references.
  const more = document.getElementById("more-references");
  if (more) {
    more.hidden = false;
    more.addEventListener("click", () => {
      const rows = form.querySelectorAll(".reference-row");
      const row = rows[rows.length - 1].cloneNode(true);
      const serial = rows.length + 1;
      for (const list of row.querySelectorAll(".suggestions, .error")) list.remove();
      for (const element of row.querySelectorAll("[id]")) element.id = element.id.replace(/\d+$/, String(serial));
      for (const label of row.querySelectorAll("label")) label.htmlFor = label.htmlFor.replace(/\d+$/, String(serial));
      const input = row.querySelector("input[data-suggest]");
      input.value = "";
      input.dataset.suggestId = `ref-id-${serial}`;
      row.querySelector("input[type=hidden]").value = "";
      more.before(row);
      window.suggestOn(input);
      row.querySelector("select").focus();
    });
  }
})();
