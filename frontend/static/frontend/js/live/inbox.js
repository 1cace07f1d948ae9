/* How much waits stands in the title of the window; on the list of conversations the list too. */

import { say } from "./bar.js";
import { ask, oneAtATime, parsed, words } from "./page.js";

const PAUSE_MS = 1500;
const title = document.title;
let timer;
let counted = 0;

export function count(number) {
  counted = number;
  document.title = number > 0 ? `(${number}) ${title}` : title;
}

/* Ask again in a moment: of several in a row once. */
export function renew() {
  timer ??= setTimeout(() => {
    timer = undefined;
    asked();
  }, PAUSE_MS);
}

/* Something was read: less may wait. */
export function renewLess() {
  if (counted) renew();
}

const asked = oneAtATime(async () => {
  const list = document.querySelector('[data-part="list"]');
  const isFirst = list && !new URLSearchParams(location.search).has("before");
  try {
    const answer = await ask(isFirst ? location.href : words.inbox);
    if (!answer.ok) return;
    const page = parsed(await answer.text());
    count(Number(page.getElementById("live")?.dataset.unread));
    if (isFirst) replace(page);
  } catch {
    // Asked again with what comes next.
  }
});

function replace(page) {
  for (const part of document.querySelectorAll("[data-part]")) {
    const now = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!now || now.innerHTML === part.innerHTML) continue;
    const focused = part.contains(document.activeElement) && document.activeElement;
    part.replaceChildren(...document.importNode(now, true).childNodes);
    if (part.dataset.part === "totals") say(part.textContent.trim());
    if (focused.href) refocus(part, focused.pathname);
  }
}

/* Whoever was on a conversation by the keyboard is on the same one still. */
function refocus(part, pathname) {
  const links = [...part.querySelectorAll("a")];
  links.find((one) => one.pathname === pathname)?.focus({ preventScroll: true });
}
