/* The page of a conversation: what is said appears, and what is written goes without a reload. */

import { say, show } from "./bar.js";
import { Box } from "./compose.js";
import * as drafts from "./drafts.js";
import { Echoes } from "./echoes.js";
import { renewLess } from "./inbox.js";
import { list, numberOf, place } from "./lines.js";
import * as outbox from "./outbox.js";
import { ask, jitter, made, oneAtATime, parsed, words } from "./page.js";
import { Reading } from "./reading.js";
import { adding, isInSight, isLooking } from "./scrolling.js";

const AGAIN_MS = 3000;

function isLive(state) {
  return state === "open" || state === "requested";
}

export function converse(element, line, sender) {
  const talk = element.dataset;
  const { conversation } = talk;
  const form = document.querySelector("form[data-compose]");
  const box = form && new Box(form, talk, send);
  const echoes = new Echoes(talk, sender, (item) => box?.take(item));
  const reading = new Reading(line, talk, renewLess);
  const below = made("button", "btn live-below", talk.below);
  below.type = "button";
  below.hidden = true;
  let isOver = false;
  // The newest number that is known to be there; `isUnsure`: there may be anything.
  let goal = 0;
  let isUnsure = false;
  let later;
  element.after(below);
  if (isLive(talk.state)) line.cursors.follow(conversation, Number(talk.last));
  below.addEventListener("click", () => {
    below.hidden = true;
    const first = list().querySelector(":scope > .is-below");
    if (!first) return;
    first.tabIndex = -1;
    first.scrollIntoView({ block: "start" });
    first.focus({ preventScroll: true });
  });
  addEventListener("scroll", () => seen(), { passive: true });

  const refresh = oneAtATime(async () => {
    if (isOver || !isLive(talk.state) || (!isUnsure && Number(talk.last) >= goal)) return;
    isUnsure = false;
    const query = new URLSearchParams();
    if (Number(talk.last)) query.set("after", talk.last);
    if (talk.thread) query.set("thread", talk.thread);
    const address = `${talk.lines}${talk.lines.includes("?") ? "&" : "?"}${query}`;
    try {
      const answer = await ask(address);
      if (answer.status >= 500) throw new Error(answer.status);
      if (answer.status === 404) revoked();
      else if (answer.ok) put(parsed(await answer.text()));
    } catch {
      isUnsure = true;
      clearTimeout(later);
      later = setTimeout(refresh, AGAIN_MS + jitter(AGAIN_MS));
    }
  });

  for (const name of ["sending", "waiting"]) {
    sender.addEventListener(name, ({ detail: { item } }) => echoes.say(item, name));
  }
  sender.addEventListener("refused", ({ detail: { item } }) => {
    if (item.conversation !== conversation) return;
    echoes.show(item);
    say(`${talk.refused} ${item.reason}`);
    if (item.asks && box && !box.area.value.trim()) outbox.remove(item).then(() => box.take(item));
  });
  sender.addEventListener("sent", ({ detail: { item, told } }) => {
    if (item.conversation !== conversation) return;
    if (told.seq) echoes.say(item, "sent", told.seq);
    else echoes.leave(item);
    reading.answered();
    news(told.seq ?? undefined);
  });
  sender.addEventListener("unheard", () => news());
  line.addEventListener("news", ({ detail }) => {
    if (detail.conversation && detail.conversation !== conversation) return;
    news(detail.seq);
  });
  line.addEventListener("state", ({ detail }) => {
    if (detail.state !== "open") return;
    refresh();
    reading.look();
  });
  line.addEventListener("reset", ({ detail }) => detail.conversation === conversation && reload());
  line.addEventListener(
    "revoked",
    ({ detail }) => detail.conversation === conversation && revoked(),
  );
  line.addEventListener("over", ({ detail }) => detail.reason !== "stale" && closed(words[detail.reason]));
  sender.waiting().then((items) => items.forEach(unsent));

  function news(seq) {
    if (seq === undefined) isUnsure = true;
    else goal = Math.max(goal, seq);
    refresh();
  }

  function unsent(item) {
    const isHere = !talk.thread || item.fields.thread === talk.thread;
    if (item.conversation === conversation && isHere) echoes.show(item);
  }

  function send({ fields, address }) {
    const item = { fields, address, conversation, state: "queued" };
    adding(list(), box.form, () => [echoes.show(item)]);
    sender.add(item).then(() => echoes.written(item));
  }

  function put(page) {
    const { last, state, more } = page.getElementById("lines").dataset;
    if (state !== talk.state) return changed(state);
    let lines = [];
    const isMore = adding(list(), box?.form, () => {
      lines = place(page, isLooking());
      echoes.settle(Number(last));
      return lines;
    });
    talk.last = last;
    line.cursors.reach(conversation, Number(last));
    if (more !== undefined) reload();
    sender.waiting().then((items) => echoes.compare(items));
    const until = document.querySelector("#until input[name=seq]");
    if (until) until.value = last;
    const others = lines.filter((one) => one.matches(".said:not(.mine)"));
    if (others.length) tell(others, isMore);
  }

  function tell(others, isMore) {
    const newest = others[others.length - 1];
    const who = newest.querySelector(".who strong").textContent.trim();
    say(others.length > 1 ? talk.several : talk.new.replace("{who}", who));
    if (isMore) {
      list().querySelector(":scope > .is-below")?.classList.remove("is-below");
      others[0].classList.add("is-below");
      below.hidden = false;
    }
    reading.came(newest, numberOf(newest));
  }

  function seen() {
    const mark = list().querySelector(":scope > .is-below");
    if (mark && isInSight(mark)) below.hidden = true;
  }

  /* Another page is due: who asked was answered, or one has left in another window. */
  function changed(state) {
    if (state === "left") revoked();
    else if (!box?.area.value) location.reload();
  }

  /* Too much, or too old to be put in between. */
  function reload() {
    isOver = true;
    const told = made("p", "note wait");
    const link = made("a", "", talk.expired);
    link.href = location.href.split("#")[0];
    told.append(link);
    list().after(told);
  }

  function revoked() {
    outbox.forget((item) => item.conversation === conversation);
    drafts.forget(`${words.kept} message ${conversation}`);
    closed(talk.revoked);
  }

  function closed(sentence) {
    if (isOver) return;
    isOver = true;
    echoes.clear();
    box?.close(sentence);
    if (!box) show("gone", sentence);
    say(sentence);
  }
}
