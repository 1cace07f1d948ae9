/* Sends what stands in the outbox, in the order in which it was written, by the form of its page:
   the same checks, and sent twice it is there once. */

import * as outbox from "./outbox.js";
import { ask, jitter, oneAtATime, token } from "./page.js";

const LEAST_MS = 1000;
const MOST_MS = 30000;

export class Sender extends EventTarget {
  #kept;
  #wait = LEAST_MS;
  #timer;
  #isOver = false;

  constructor(kept) {
    super();
    this.#kept = kept;
    this.flush = oneAtATime(() => this.#locked());
  }

  /* Write it down first; then send. */
  async add(item) {
    await outbox.put({ ...item, kept: this.#kept, at: Date.now(), state: "queued" });
    this.flush();
  }

  waiting() {
    return outbox.mine(this.#kept);
  }

  async again(item) {
    await outbox.put({ ...item, state: "queued", reason: "" });
    this.flush();
  }

  stop() {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  /* One tab at a time, where the browser can say so; else the server knows what came before. */
  #locked() {
    const name = `unsent ${this.#kept}`;
    return navigator.locks ? navigator.locks.request(name, () => this.#send()) : this.#send();
  }

  async #send() {
    clearTimeout(this.#timer);
    for (const item of await this.waiting()) {
      if (this.#isOver) return;
      if (item.state !== "queued") continue;
      this.#tell("sending", item);
      const wait = await this.#sent(item);
      if (wait !== undefined) {
        this.#tell("waiting", item);
        this.#timer = setTimeout(this.flush, wait);
        return;
      }
      this.#wait = LEAST_MS;
    }
  }

  /* Nothing where this one is done with; else after how long to try again. */
  async #sent(item) {
    let answer;
    let told;
    try {
      const fields = { ...item.fields, csrfmiddlewaretoken: token() };
      const headers = { Accept: "application/json" };
      const body = new URLSearchParams(fields);
      answer = await ask(item.address, { method: "POST", headers, body });
      const isData = answer.headers.get("Content-Type")?.includes("json");
      told = isData ? await answer.json() : {};
    } catch {
      return this.#later();
    }
    if (answer.ok && told.id) {
      await outbox.remove(item);
      this.#tell("sent", item, told);
      return undefined;
    }
    if (answer.status === 429) return 1000 * (Number(answer.headers.get("Retry-After")) || 5);
    if (told.errors) {
      Object.assign(item, { state: "failed", reason: told.errors.join(" "), asks: told.asks });
      await outbox.put(item);
      this.#tell("refused", item, told);
      return undefined;
    }
    // The conversation is gone for this person, or the page is too old: the socket says which.
    if (answer.status < 500) this.#tell("unheard", item, answer);
    return this.#later();
  }

  #later() {
    const wait = LEAST_MS + jitter(this.#wait);
    this.#wait = Math.min(this.#wait * 2, MOST_MS);
    return wait;
  }

  #tell(name, item, told) {
    this.dispatchEvent(new CustomEvent(name, { detail: { item, told } }));
  }
}
