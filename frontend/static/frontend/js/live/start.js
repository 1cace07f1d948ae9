/* Every page of messages: one line to the server, what was not sent, and how much waits.

   Without scripts each of these pages works by itself; this adds that nobody has to load it again. */

import { show } from "./bar.js";
import { converse } from "./conversation.js";
import * as drafts from "./drafts.js";
import { forgetAll } from "./forget.js";
import { count, renew } from "./inbox.js";
import * as outbox from "./outbox.js";
import { words } from "./page.js";
import { Sender } from "./sender.js";
import { Line } from "./socket.js";

const HIDDEN_MS = 5 * 60 * 1000;
const SHORTLY_MS = 2000;
let hidden;
let shown;

if (words) begin();

function begin() {
  const line = new Line();
  const sender = new Sender(words.kept);
  const talk = document.getElementById("live-talk");
  count(Number(words.unread));
  if (talk) converse(talk, line, sender);

  line.addEventListener("state", ({ detail }) => tell(detail.state));
  line.addEventListener("state", ({ detail }) => detail.state === "open" && sender.flush());
  line.addEventListener("over", ({ detail }) => over(sender, detail.reason));
  line.addEventListener("news", ({ detail }) => detail.conversation && renew());
  line.addEventListener("read", renew);
  sender.addEventListener("sent", renew);

  addEventListener("offline", () => line.pause("offline"));
  addEventListener("online", () => line.start());
  addEventListener("pagehide", () => line.pause());
  addEventListener("pageshow", (event) => event.persisted && line.start());
  document.addEventListener("visibilitychange", () => watch(line));
  document
    .querySelector('form[action$="/account/sign-out/"]')
    ?.addEventListener("submit", () => forgetAll());
  if (navigator.onLine) line.start();
  else line.pause("offline");
  sender.flush();
}

/* A short break is nobody's concern. */
function tell(state) {
  clearTimeout(shown);
  words.line = state;
  if (state === "open" || state === "closed") return show("");
  if (state === "offline") return show(outbox.isKept ? "offline" : "offlineOpen");
  shown = setTimeout(() => show(navigator.onLine ? "again" : "offline"), SHORTLY_MS);
}

/* Nobody looks: the line is let go, and taken up by whoever comes back. */
function watch(line) {
  clearTimeout(hidden);
  if (document.visibilityState === "visible") line.start();
  else hidden = setTimeout(() => line.pause(), HIDDEN_MS);
}

function over(sender, reason) {
  clearTimeout(shown);
  sender.stop();
  if (reason === "out") forgetAll();
  if (reason === "gone") {
    outbox.forget((one) => one.kept === words.kept);
    drafts.forget(words.kept);
  }
  show(reason);
}
