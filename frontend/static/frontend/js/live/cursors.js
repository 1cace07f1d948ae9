/* How far each conversation was heard without a gap: only the next number moves it on. */

export class Cursors {
  #at = new Map();
  #early = new Map();

  /* Follow a conversation from a number on. */
  follow(conversation, seq) {
    this.#at.set(conversation, seq);
  }

  /* The page shows everything up to there, however it learned of it. */
  reach(conversation, seq) {
    if (!this.#at.has(conversation) || seq <= this.#at.get(conversation)) return;
    this.#at.set(conversation, seq);
    this.#step(conversation);
  }

  /* Nothing, or the number after which the server is to be asked again. */
  heard(conversation, seq) {
    const at = this.#at.get(conversation);
    if (at === undefined || seq <= at) return undefined;
    const early = this.#early.get(conversation) ?? new Set();
    const isAsked = early.size > 0;
    this.#early.set(conversation, early.add(seq));
    this.#step(conversation);
    return early.size && !isAsked ? this.#at.get(conversation) : undefined;
  }

  told() {
    return Object.fromEntries(this.#at);
  }

  /* What the server says of the same with a pong; nothing where the browser cannot reckon it. */
  async digest() {
    if (!globalThis.crypto?.subtle) return "";
    const lines = [...this.#at].sort(([one], [other]) => (one < other ? -1 : 1));
    const text = lines.map(([id, seq]) => `${id}:${seq}\n`).join("");
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    const hex = Array.from(new Uint8Array(bytes), (one) => one.toString(16).padStart(2, "0"));
    return hex.join("").slice(0, 16);
  }

  #step(conversation) {
    const early = this.#early.get(conversation) ?? new Set();
    let at = this.#at.get(conversation);
    for (const seq of early) if (seq <= at) early.delete(seq);
    while (early.delete(at + 1)) at += 1;
    this.#at.set(conversation, at);
  }
}
