/* What was written here and is not among the lines yet: shown at once, with where it stands. */

import * as outbox from "./outbox.js";
import { list } from "./lines.js";
import { button, made } from "./page.js";

export class Echoes {
  #words;
  #sender;
  #takeBack;
  #shown = new Map();

  /* `takeBack` puts a text back into the box; false where there is no room. */
  constructor(words, sender, takeBack) {
    this.#words = words;
    this.#sender = sender;
    this.#takeBack = takeBack;
  }

  show(item) {
    const id = item.fields.client_id;
    let echo = this.#shown.get(id);
    if (!echo) {
      echo = this.#made(item);
      this.#shown.set(id, echo);
      list().append(echo.element);
    }
    echo.item = item;
    echo.isWritten ||= item.order !== undefined;
    if (item.state === "failed") this.#refused(echo);
    else this.say(item, "waiting");
    return echo.element;
  }

  /* `name` is one of the words: sending, sent, waiting, home. */
  say(item, name, seq) {
    const echo = this.#shown.get(item.fields.client_id);
    if (!echo) return;
    if (seq) echo.seq = seq;
    echo.state.className = name === "sent" ? "state quiet" : "state st wait";
    echo.state.textContent = this.#words[name];
    echo.acts.replaceChildren();
  }

  /* It stands in the outbox from now on. */
  written(item) {
    const echo = this.#shown.get(item.fields.client_id);
    if (echo) echo.isWritten = true;
  }

  /* Those that stand among the lines now. */
  settle(last) {
    for (const [id, echo] of this.#shown) {
      if (!echo.seq || echo.seq > last) continue;
      echo.element.remove();
      this.#shown.delete(id);
    }
  }

  /* Another tab may have sent some, or taken them back. */
  async compare(items) {
    const there = new Set(items.map((one) => one.fields.client_id));
    for (const [id, echo] of this.#shown) {
      if (echo.seq || echo.isHome || !echo.isWritten || there.has(id)) continue;
      echo.element.remove();
      this.#shown.delete(id);
    }
  }

  /* It waits for the site that gives the numbers, which is not ours to hurry. */
  leave(item) {
    this.say(item, "home");
    const echo = this.#shown.get(item.fields.client_id);
    if (echo) echo.isHome = true;
  }

  clear() {
    for (const echo of this.#shown.values()) echo.element.remove();
    this.#shown.clear();
  }

  #refused(echo) {
    echo.state.className = "state st stop";
    echo.state.textContent = `${this.#words.refused} ${echo.item.reason}`;
    const { retry, back } = this.#words;
    echo.acts.replaceChildren(
      button(retry, () => this.#sender.again(echo.item)),
      " ",
      button(back, () => this.#back(echo)),
    );
  }

  async #back(echo) {
    if (!this.#takeBack(echo.item)) return;
    await outbox.remove(echo.item);
    echo.element.remove();
    this.#shown.delete(echo.item.fields.client_id);
  }

  #made(item) {
    const element = made("li", "said mine echo");
    const who = made("p", "who");
    who.append(made("strong", "", this.#words.you));
    const body = made("div", "body echoed", item.fields.body);
    body.dir = "auto";
    if (item.fields.language) body.lang = item.fields.language;
    const state = made("p", "state");
    const acts = made("p", "acts");
    element.append(who, body, state, acts);
    return { element, state, acts, item };
  }
}
