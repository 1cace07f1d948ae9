/* Every page of messages: one line to the server, what was not sent, and how much waits.

   Without scripts each of these pages works by itself; this adds that nobody has to load it again. */

import { show } from "./bar.js";
import { converse } from "./conversation.js";
import * as drafts from "./drafts.js";
import { forgetAll } from "./forget.js";
import { count, renew } from "./inbox.js";
import * as outbox from "./outbox.js";
import { isReached, words } from "./page.js";
import { isLooking } from "./scrolling.js";
import { Sender } from "./sender.js";
import { Line } from "./socket.js";

const HIDDEN_MS = 5 * 60 * 1000;
const SHORTLY_MS = 2000;
let hidden;
let shown;
let wasOpen = false;

if (words) begin();

function begin() {
  const line = new Line();
  const sender = new Sender(words.kept);
  const talk = document.getElementById("live-talk");
  count(Number(words.unread));
  if (talk) converse(talk, line, sender);

  line.addEventListener("state", ({ detail }) => tell(detail.state, sender));
  line.addEventListener("over", ({ detail }) => over(sender, detail.reason));
  line.addEventListener("news", ({ detail: { conversation } }) => {
    // What is said where somebody looks is read, or counts already.
    const isHere = conversation === talk?.dataset.conversation && isLooking();
    if (conversation && !isHere) renew();
  });
  line.addEventListener("read", renew);

  addEventListener("offline", () => line.drop());
  addEventListener("online", () => {
    line.start();
    if (line.state === "again") tell("again", sender);
  });
  addEventListener("pagehide", () => line.pause());
  addEventListener("pageshow", (event) => event.persisted && line.start());
  document.addEventListener("visibilitychange", () => watch(line));
  document
    .querySelector('form[action$="/account/sign-out/"]')
    ?.addEventListener("submit", () => forgetAll());
  line.start();
  watch(line);
  sender.flush();
}

/* A short break is nobody's concern; nor is a socket that cannot be had, where pages can. */
function tell(state, sender) {
  clearTimeout(shown);
  words.line = state;
  if (state === "open") {
    if (wasOpen) renew();
    wasOpen = true;
    sender.flush();
  }
  if (state !== "again") return show("");
  if (!navigator.onLine) return show(outbox.isKept ? "offline" : "offlineOpen");
  shown = setTimeout(() => (wasOpen || !isReached) && show("again"), SHORTLY_MS);
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
