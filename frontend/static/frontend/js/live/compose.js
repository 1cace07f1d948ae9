/* The box to write in: kept as a draft while one writes, sent without leaving the page. */

import * as drafts from "./drafts.js";
import { show } from "./bar.js";
import { made, newId, words } from "./page.js";

export class Box {
  #talk;
  #key;
  #send;

  /* `send` takes what was written, as the form has it. */
  constructor(form, talk, send) {
    this.form = form;
    this.area = form.elements.body;
    this.#talk = talk;
    this.#key = `${words.kept} message ${talk.conversation} ${talk.thread}`;
    this.#send = send;
    this.#offer();
    this.area.addEventListener("input", () => drafts.keep(this.#key, this.area.value));
    form.addEventListener("submit", (event) => this.#submitted(event));
    form.querySelector("[data-keys]").hidden = !matchMedia("(any-hover: hover)").matches;
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
  }

  /* A text comes back to be changed; not where another one stands. One that must be looked at
     once more goes the way of the form, which asks. */
  take({ fields, asks }) {
    if (this.area.value.trim() && this.area.value !== fields.body) {
      this.area.focus();
      return false;
    }
    this.area.value = fields.body;
    if (fields.language !== undefined) this.form.elements.language.value = fields.language;
    drafts.keep(this.#key, fields.body);
    this.area.focus();
    if (asks) this.form.submit();
    return true;
  }

  close(sentence) {
    drafts.drop(this.#key);
    this.form.closest(".write").replaceWith(made("p", "note", sentence));
  }

  /* After the page was left in the middle; the page that refuses brings its own text. */
  #offer() {
    if (this.form.querySelector(".errsum") || this.area.value) return;
    const before = drafts.kept(this.#key);
    if (!before) return;
    this.area.value = before;
    const told = made("p", "hint", this.#talk.restored);
    this.area.before(told);
    this.area.addEventListener("input", () => told.remove(), { once: true });
  }

  #submitted(event) {
    const { form, area } = this;
    drafts.drop(this.#key);
    const files = form.elements.files;
    if (files?.files.length) {
      // Files go by the form itself: they are not kept on this device.
      if (navigator.onLine) return;
      event.preventDefault();
      drafts.keep(this.#key, area.value);
      show("full", this.#talk.full);
      return;
    }
    // Nothing written, or the form asks something: the server says what is missing.
    if (!area.value.trim() || form.elements.has_looked) return;
    event.preventDefault();
    const fields = {};
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") fields[name] = value;
    }
    fields.client_id = newId();
    fields.seen = this.#talk.last;
    area.value = "";
    area.focus();
    this.#send({ fields, address: form.getAttribute("action") });
  }
}
