/* What comes while somebody looks counts as read, if they had read everything before. Whoever has
   not keeps their place, until they say "Read until here" or answer. Nobody else sees it. */

import { isInSight, isLooking } from "./scrolling.js";

export class Reading {
  #line;
  #told;
  #conversation;
  #isUpToDate;
  #seen;

  /* `told` is called when something counts as read. */
  constructor(line, { conversation, unread }, told) {
    this.#line = line;
    this.#told = told;
    this.#conversation = conversation;
    this.#isUpToDate = Number(unread) === 0;
    for (const name of ["focus", "scroll"]) {
      addEventListener(name, () => this.look(), { passive: true });
    }
    document.addEventListener("visibilitychange", () => this.look());
  }

  /* A line of somebody else is there, up to which nothing is missing. */
  came(element, seq) {
    if (this.#isUpToDate) this.#seen = { element, seq };
    this.look();
  }

  look() {
    if (!this.#seen || !isLooking() || !isInSight(this.#seen.element)) return;
    const { seq } = this.#seen;
    const frame = { type: "read", conversation: this.#conversation, seq };
    if (!this.#line.send(frame)) return;
    this.#seen = undefined;
    this.#told();
  }

  /* They have answered, so they have read. */
  answered() {
    this.#isUpToDate = true;
    this.#seen = undefined;
    document.getElementById("new")?.remove();
    document.getElementById("until")?.remove();
    this.#told();
  }
}
