/* "Leave this site": replaces this page in the history, so that Back does not return to it.
   Escape three times within two seconds does the same. Without scripts the button is a link. */

const PRESSES = 3;
const WITHIN_MS = 2000;

const button = document.getElementById("leave");

function leave() {
  // The page goes at once, even where the way out is slow.
  document.documentElement.hidden = true;
  location.replace(button.href);
}

if (button) {
  let presses = [];

  button.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    const now = performance.now();
    presses = [...presses.filter((then) => now - then < WITHIN_MS), now];
    if (presses.length >= PRESSES) leave();
  });

  // A page kept for "back" or "forward" is shown again as it was left.
  window.addEventListener("pageshow", () => {
    document.documentElement.hidden = false;
  });
}
