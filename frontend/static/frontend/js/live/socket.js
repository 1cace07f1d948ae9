/* The socket of a page, protocol nv1. It says that something is there and never what: that is
   fetched as part of a page. A line that breaks is taken up again, later each time. */

import { ask, jitter, newId, token, words } from "./page.js";
import { Cursors } from "./cursors.js";

const PING_MS = 25000;
const DEAD_MS = 10000;
const LEAST_MS = 1000;
const MOST_MS = 30000;
const CREDIT = 64;
const GIVE_BACK = 16;
// After these nobody comes back by themselves: signed out; no part any more; replaced; too old.
const FINAL = { 4001: "out", 4003: "gone", 4009: "stale", 4010: "stale" };

export class Line extends EventTarget {
  cursors = new Cursors();
  #socket;
  #wait = LEAST_MS;
  #timer;
  #ping;
  #dead;
  #count = 0;
  #used = 0;
  #after;
  #isOver = false;
  #isWanted = false;
  #isAsking = false;
  #device = newId();
  state = "closed";

  start() {
    if (this.#isOver) return;
    this.#isWanted = true;
    if (!this.#socket && !this.#isAsking) this.#open();
    else this.#beat(DEAD_MS);
  }

  /* Let it go for a while: nobody looks at the page. */
  pause() {
    this.#isWanted = false;
    clearTimeout(this.#timer);
    this.#cut();
    this.#become("closed");
  }

  /* There is no network, says the system; whether it is right is tried all the same. */
  drop() {
    this.#cut();
    this.#again();
  }

  end() {
    this.#isOver = true;
    this.pause();
  }

  /* Whether it went out. */
  send(frame) {
    if (this.state !== "open") return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  async #open() {
    clearTimeout(this.#timer);
    this.#isAsking = true;
    try {
      const told = await this.#ticket();
      if (told && this.#isWanted && !this.#isOver) this.#connect(told);
    } catch {
      this.#again();
    } finally {
      this.#isAsking = false;
    }
  }

  async #ticket() {
    const answer = await ask("/api/v1/realtime/ticket/", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({ organization: words.organization }),
    });
    if (answer.status === 401) return this.#finish("out");
    if (answer.status === 403 || answer.status === 404) return this.#finish("stale");
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  #connect({ ticket, ws_url: address }) {
    const here = new URL(new URL(address, location.href).pathname, location.href);
    here.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(here, ["nv1", `t.${ticket}`]);
    this.#socket = socket;
    this.#after = undefined;
    this.#dead = setTimeout(() => this.#lost(socket), DEAD_MS);
    const resume = { feed: 0, conversations: this.cursors.told() };
    socket.onopen = () =>
      socket.send(
        JSON.stringify({ type: "hello", v: 1, device_id: this.#device, resume, credit: CREDIT }),
      );
    socket.onmessage = ({ data }) => this.#heard(socket, JSON.parse(data));
    socket.onclose = ({ code }) => this.#closed(socket, code);
  }

  #heard(socket, frame) {
    if (socket !== this.#socket) return;
    clearTimeout(this.#dead);
    const { type, conversation } = frame;
    if (type === "welcome") {
      this.#wait = LEAST_MS;
      this.#used = 0;
      this.#become("open");
      clearInterval(this.#ping);
      const every = 1000 * frame.limits.ping_seconds || PING_MS;
      this.#ping = setInterval(() => this.#beat(DEAD_MS), every);
    } else if (type === "event") {
      this.#spent();
      const since = this.cursors.heard(conversation, frame.seq);
      if (since !== undefined) this.send({ type: "sub", conversation, since });
      this.#tell("news", frame);
    } else if (type === "feed") {
      this.#spent();
      this.#tell(frame.kind === "read" ? "read" : "news", frame);
    } else if (type === "gap") {
      this.cursors.reach(conversation, frame.to);
      this.#tell("news", { conversation });
    } else if (type === "reset") {
      this.cursors.follow(conversation, frame.seq);
      this.#tell(frame.reason === "ahead" ? "reset" : "news", { conversation });
    } else if (type === "revoked") {
      this.#tell("revoked", frame);
    } else if (type === "pong") {
      this.#compare(frame.heads_digest);
    } else if (type === "bye") {
      this.#after = frame.retry_ms;
    }
  }

  /* Another head than the server's: something was not told. */
  async #compare(digest) {
    const own = await this.cursors.digest();
    if (own && own !== digest) this.#tell("news", {});
  }

  #spent() {
    this.#used += 1;
    if (this.#used < GIVE_BACK) return;
    this.send({ type: "ack", frames: this.#used });
    this.#used = 0;
  }

  #beat(deadline) {
    if (!this.send({ type: "ping", n: (this.#count += 1) })) return;
    const socket = this.#socket;
    clearTimeout(this.#dead);
    this.#dead = setTimeout(() => this.#lost(socket), deadline);
  }

  #lost(socket) {
    if (socket !== this.#socket) return;
    this.#cut();
    this.#again();
  }

  #closed(socket, code) {
    if (socket !== this.#socket) return;
    this.#cut();
    if (code in FINAL) this.#finish(FINAL[code]);
    else this.#again(code === 1012 ? this.#after : undefined);
  }

  #cut() {
    clearTimeout(this.#dead);
    clearInterval(this.#ping);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000);
  }

  #again(after) {
    if (!this.#isWanted || this.#isOver) return;
    this.#become("again");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), after ?? LEAST_MS / 2 + jitter(this.#wait));
    this.#wait = Math.min(this.#wait * 2, MOST_MS);
    // Perhaps only sockets cannot be had: pages are asked meanwhile.
    this.#tell("news", {});
  }

  #finish(reason) {
    this.end();
    this.#tell("over", { reason });
  }

  #become(state) {
    if (state === this.state) return;
    this.state = state;
    this.#tell("state", { state });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
