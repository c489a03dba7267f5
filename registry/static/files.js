// Files: dropped or chosen, sent one by one with progress; and how far the reading of one is. Forms work without this file.
"use strict";

(() => {
  let busy = 0;

  const line = (list, text) => {
    const item = document.createElement("li");
    item.append(text);
    list.append(item);
    return item;
  };

  // Several files for one page become a batch, sent one by one.
  const begin = async (zone, token, total) => {
    const body = new FormData();
    body.append("csrf_token", token);
    body.append("total", total);
    try {
      const response = await fetch(zone.dataset.batch, { method: "POST", body, headers: { Accept: "application/json" } });
      return response.ok ? await response.json() : null;
    } catch {
      return null; // the network is away
    }
  };

  // Sends one file; progress and the end of it are shown in its line.
  const send = (zone, address, token, file, place) => new Promise((resolve) => {
    const list = zone.querySelector(".uploads");
    const { name } = file;
    const item = line(list, `${place}${name} `);
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", name);
    item.append(bar);
    const request = new XMLHttpRequest();
    const end = (text, answer) => {
      bar.remove();
      if (text) {
        item.textContent = text;
        item.className = "error";
      } else {
        item.remove();
      }
      resolve(answer);
    };
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value"); // it has arrived, and is being read
      item.append(` ${zone.dataset.done}`);
    });
    request.addEventListener("load", () => {
      let answer = null;
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        answer = {};
      }
      const faults = answer.faults || (request.status >= 400 ? [answer.error || zone.dataset.failed.replace("{name}", name)] : []);
      end(faults.join(" "), { ...answer, ok: request.status < 400 });
    });
    request.addEventListener("error", () => end(zone.dataset.failed.replace("{name}", name), { ok: false }));
    const body = new FormData();
    body.append("csrf_token", token);
    body.append("files", file, name);
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.send(body);
  });

  for (const zone of document.querySelectorAll("[data-drop]")) {
    const input = zone.querySelector("input[type=file]");
    const form = zone.closest("form");
    const token = form.querySelector("input[name=csrf_token]").value;
    const { then, upload } = zone.dataset;

    const take = async (files) => {
      const list = zone.querySelector(".uploads");
      list.replaceChildren();
      const most = Number(zone.dataset.most) * 1024 * 1024;
      for (const file of files.filter((one) => most && one.size > most)) {
        line(list, zone.dataset.tooLarge.replace("{name}", file.name)).className = "error";
      }
      files = files.filter((one) => !most || one.size <= most);
      if (!files.length) {
        input.value = "";
        return;
      }
      busy += 1;
      let refused = false, next = "";
      try {
        let address = upload;
        if (then === "follow" && files.length > 1) {
          const batch = await begin(zone, token, files.length);
          if (!batch) {
            line(list, zone.dataset.failed.replace("{name}", files[0].name)).className = "error";
            return;
          }
          ({ upload: address, next } = batch);
        }
        for (const [place, file] of files.entries()) {
          const answer = await send(zone, address, token, file, files.length > 1 ? `${place + 1}/${files.length} ` : "");
          refused = refused || !answer.ok;
          next = answer.next || next;
          if (answer.html !== undefined) form.querySelector("[data-files]").innerHTML = answer.html;
        }
      } finally {
        busy -= 1;
        input.value = "";
      }
      if (next) window.location.assign(next);
      if (then === "reload" && !refused) window.location.reload();
    };

    input.addEventListener("change", () => { if (input.files.length) take([...input.files]); });
    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, (event) => {
        if (![...event.dataTransfer.types].includes("Files")) return;
        event.preventDefault();
        zone.classList.add("over");
      });
    }
    zone.addEventListener("dragleave", (event) => {
      if (!zone.contains(event.relatedTarget)) zone.classList.remove("over");
    });
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("over");
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      take([...input.files]);
    });
  }

  // A file that misses its zone does not replace the page, and what was typed.
  for (const name of ["dragover", "drop"]) {
    window.addEventListener(name, (event) => {
      if (document.querySelector("[data-drop]") && !event.defaultPrevented) event.preventDefault();
    });
  }

  // Nothing is saved while a file is still on its way.
  document.addEventListener("submit", (event) => {
    if (!busy) return;
    event.preventDefault();
    event.stopPropagation();
    const zone = event.target.querySelector("[data-drop]");
    if (zone) line(zone.querySelector(".uploads"), zone.dataset.busy).className = "error";
  }, true);

  // Taking a file away keeps what was typed in the form.
  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-drop-file]");
    if (!button) return;
    event.preventDefault();
    const form = button.closest("form");
    const body = new FormData();
    body.append("csrf_token", form.querySelector("input[name=csrf_token]").value);
    const response = await fetch(button.dataset.dropFile, { method: "POST", body, headers: { Accept: "application/json" } });
    if (response.ok) form.querySelector("[data-files]").innerHTML = (await response.json()).html;
  });

  // More has been read: a page in which somebody may be typing offers it, and does not reload by itself.
  const offer = (place) => {
    const link = place.dataset.then === "offer" && document.querySelector("[data-offer]");
    if (link) link.classList.remove("d-none");
  };

  // How far reading is, asked every two seconds, then less often.
  for (const place of document.querySelectorAll("[data-state]")) {
    let pause = 2000;
    const ask = async () => {
      try {
        const response = await fetch(place.dataset.state, { headers: { Accept: "application/json" } });
        if (!response.ok) {
          window.location.reload(); // it is gone: the page says why
          return;
        }
        const found = await response.json();
        place.innerHTML = found.html;
        if (!found.waiting) {
          if (place.dataset.then === "reload") window.location.reload();
          offer(place);
          return;
        }
        offer(place);
      } catch {
        // the network is away; asked again
      }
      pause = Math.min(pause * 1.2, 15000);
      window.setTimeout(ask, pause);
    };
    window.setTimeout(ask, pause);
  }

  // A browser that shows no PDF gets pictures of its pages.
  const frame = document.querySelector("iframe[data-without-viewer]");
  if (frame && navigator.pdfViewerEnabled === false) window.location.replace(frame.dataset.withoutViewer);
})();
