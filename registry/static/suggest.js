// Suggestions under a text field: [data-suggest] is the address, [data-suggest-id] the hidden field for the id.
// Arrow keys choose, Enter takes, Esc closes; without this file the typed text is resolved by the server.
"use strict";

(() => {
  let serial = 0;

  const attach = (input) => {
    const hidden = input.dataset.suggestId ? document.getElementById(input.dataset.suggestId) : null;
    const list = document.createElement("ul");
    list.className = "suggestions";
    list.id = `suggestions-${(serial += 1)}`;
    list.setAttribute("role", "listbox");
    list.hidden = true;
    input.after(list);
    input.setAttribute("aria-controls", list.id);
    let items = [];
    let chosen = -1;
    let asked = 0;
    let timer = 0;

    const close = () => {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const highlight = (position) => {
      chosen = position;
      [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === position)));
      if (position >= 0) {
        input.setAttribute("aria-activedescendant", list.children[position].id);
        list.children[position].scrollIntoView({ block: "nearest" });
      }
    };
    const take = (position) => {
      const item = items[position];
      if (!item) return;
      if (input.dataset.suggestOpen !== undefined && item.url) {
        window.location.assign(item.url);
        return;
      }
      input.value = item.value;
      if (hidden) hidden.value = String(item.id);
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const show = (found) => {
      items = found;
      list.replaceChildren(...found.map((item, index) => {
        const line = document.createElement("li");
        line.id = `${list.id}-${index}`;
        line.setAttribute("role", "option");
        line.setAttribute("aria-selected", "false");
        line.textContent = item.label;
        line.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(index);
        });
        return line;
      }));
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(found.length > 0));
      chosen = -1;
    };
    const ask = async () => {
      const typed = input.value.trim();
      if (typed.length < 1) return close();
      const turn = (asked += 1);
      const address = new URL(input.dataset.suggest, window.location.origin);
      address.searchParams.set("q", typed);
      const date = document.getElementById("issued_on");
      if (date && date.value) address.searchParams.set("on", date.value);
      try {
        const response = await fetch(address, { headers: { Accept: "application/json" } });
        if (response.ok && turn === asked && document.activeElement === input) show(await response.json());
      } catch {
        close(); // the network is away: the server reads what was typed
      }
      return undefined;
    };

    input.addEventListener("input", () => {
      if (hidden) hidden.value = "";
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, 150);
    });
    input.addEventListener("keydown", (event) => {
      if (list.hidden) {
        if (event.key === "ArrowDown" && input.value.trim()) {
          event.preventDefault();
          ask();
        }
        return;
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        highlight((chosen + step + items.length) % items.length);
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        take(chosen);
      } else if (event.key === "Tab" && chosen >= 0) {
        take(chosen);
      } else if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        close();
      }
    });
    input.addEventListener("blur", () => {
      asked += 1;
      close();
    });
  };

  window.suggestOn = attach;
  for (const input of document.querySelectorAll("input[data-suggest]")) attach(input);
})();
