/* What is typed is kept: on this device at every key, at the server a moment later, as a draft that
   changes nothing. Without scripts one saves by the button. What the server has is forgotten here;
   signing out clears the rest. */

const PAUSE_MS = 1200;
const AGAIN_MS = 15000;
const form = document.querySelector("form[data-draft]");
const line = document.getElementById("saved-at");
if (form && line) keep(form);

function keep(form) {
  const { draft, kept, saved, offline, failed, refused, restored, found, put, forget } =
    form.dataset;
  const key = `draft ${kept}`;
  let timer;
  let asking;
  // How often something was typed here, and up to where the server has it. Another tab may have the
  // same program open: what that one keeps on this device is not for this one to forget.
  let typed = 0;
  let known = 0;
  let mine = "";

  form.addEventListener("input", () => {
    note();
    later(PAUSE_MS);
  });
  addEventListener("online", () => later(0));
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      say(offline);
      return;
    }
    clearTimeout(timer);
    asking?.abort();
    if (typed !== known) store({ sent: true });
  });
  offer();

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  }

  async function send() {
    if (typed === known) return;
    if (asking) return later(PAUSE_MS);
    const sent = typed;
    asking = new AbortController();
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(draft, { method: "POST", body, signal: asking.signal });
      const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      if (answer.ok && told.saved) {
        known = sent;
        if (sent === typed) forgetMine();
        const time = new Intl.DateTimeFormat(document.documentElement.lang, {
          hour: "2-digit",
          minute: "2-digit",
        }).format(new Date());
        say(saved.replace("{time}", time));
      } else if (told.errors) {
        // What must not be kept, such as the number of a person, is not kept here either.
        forgetMine();
        say(`${refused} ${told.errors.join(" ")}`);
      } else {
        say(failed);
        if (answer.status >= 500) later(AGAIN_MS);
      }
    } catch (error) {
      if (error.name !== "AbortError") {
        say(navigator.onLine ? failed : offline);
        later(AGAIN_MS);
      }
    } finally {
      asking = undefined;
    }
  }

  function values() {
    const data = new FormData(form);
    data.delete("csrfmiddlewaretoken");
    return [...data.entries()];
  }

  function note() {
    typed += 1;
    store();
  }

  function store(more) {
    mine = JSON.stringify({ edition: form.elements.edition.value, values: values(), ...more });
    try {
      localStorage.setItem(key, mine);
    } catch {
      // A private window may keep nothing; the server still does.
    }
  }

  function local() {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "null");
    } catch {
      return null;
    }
  }

  function forgetMine() {
    try {
      if (localStorage.getItem(key) === mine) localStorage.removeItem(key);
    } catch {
      // As above.
    }
  }

  function drop() {
    try {
      localStorage.removeItem(key);
    } catch {
      // As above.
    }
  }

  /* What this device kept of an earlier visit: put back by itself where the page is of the same
     draft, on request where something was saved or discarded since. */
  function offer() {
    const before = local();
    if (!before || form.querySelector(".errsum")) return;
    const isNewer = before.edition !== form.elements.edition.value;
    // Sent, and something was saved since: what was sent, in the form in which it is kept.
    if (same(before.values) || (before.sent && isNewer)) return drop();
    if (!isNewer) {
      restore(before.values);
      note();
      say(restored);
      return later(PAUSE_MS);
    }
    const told = document.createElement("p");
    told.className = "note wait acts";
    told.append(found, button(put, () => (restore(before.values), note(), later(0))));
    told.append(button(forget, drop));
    form.prepend(told);

    function button(words, act) {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "btn plain small";
      made.textContent = words;
      made.addEventListener("click", () => (act(), told.remove()));
      return made;
    }
  }

  function same(before) {
    const plain = (pairs) =>
      JSON.stringify(pairs.filter(([name]) => !["edition", "base_version"].includes(name)));
    return plain(before) === plain(values());
  }

  function restore(pairs) {
    for (const box of form.querySelectorAll("input[type=checkbox]")) {
      box.checked = pairs.some(([name, value]) => name === box.name && value === box.value);
    }
    for (const [name, value] of pairs) {
      const box = form.elements[name];
      if (box && "value" in box && !["hidden", "checkbox"].includes(box.type)) box.value = value;
    }
  }

  function say(words) {
    line.textContent = words;
  }
}
