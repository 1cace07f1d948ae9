/* One line at the foot of the window where something is not as always; nothing when all is well. */

import { made, words } from "./page.js";

const bar = document.getElementById("live-bar");
const said = document.getElementById("live-said");
let present = "";

/* `state` names the words of the page; empty: all is well. */
export function show(state, text = words[state]) {
  if (!bar || state === present) return;
  present = state;
  bar.replaceChildren(...(state ? [made("p", "", text)] : []));
}

/* Read out to whoever listens to the page instead of looking at it. */
export function say(text) {
  if (said) said.textContent = text;
}
