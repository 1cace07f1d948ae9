/* Lines of a conversation as the server makes them, put where they belong. */

import { made } from "./page.js";

/* The list of the page, made where nothing was said yet. */
export function list() {
  const there = document.getElementById("talk");
  if (there) return there;
  const element = made("ol", "talk");
  element.id = "talk";
  const empty = document.getElementById("unsaid");
  if (empty) empty.replaceWith(element);
  else document.getElementById("live-talk").before(element);
  return element;
}

/* Those that were there are replaced as they stand; the new ones are given back, in order.

   `isLooking`: nothing needs a mark that says where the unread begins. */
export function place(page, isLooking) {
  const talk = list();
  for (const line of page.querySelectorAll("#changed > .said")) {
    document.getElementById(line.id)?.replaceWith(document.importNode(line, true));
  }
  const end = talk.querySelector(":scope > .echo");
  const added = [];
  for (const line of page.querySelectorAll("#lines > li")) {
    if (isThere(talk, line, isLooking)) continue;
    const own = document.importNode(line, true);
    talk.insertBefore(own, end);
    if (own.matches(".said, .fact")) added.push(own);
  }
  return added;
}

function isThere(talk, line, isLooking) {
  if (line.matches(".said")) {
    const before = document.getElementById(line.id);
    before?.replaceWith(document.importNode(line, true));
    return before !== null;
  }
  if (line.matches(".fact")) return !!talk.querySelector(`[data-seq="${line.dataset.seq}"]`);
  if (line.matches(".new")) return isLooking || !!document.getElementById("new");
  const days = talk.querySelectorAll(":scope > .day");
  return days[days.length - 1]?.dataset.day === line.dataset.day;
}

/* How far the lines go. */
export function numberOf(line) {
  return Number(line.dataset.seq ?? line.id.slice(1)) || 0;
}
