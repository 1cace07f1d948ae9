/* What a page of messages says to its scripts, and small things that all of them need. */

export const words = document.getElementById("live")?.dataset;

const MOST_MS = 20000;

/* Whether the server answered the last time that it was asked anything. */
export let isReached = true;

/* Of this site only; where it leads elsewhere nobody follows: that would be the sign-in. */
export async function ask(address, options = {}) {
  const signal = AbortSignal.timeout(MOST_MS);
  try {
    const answer = await fetch(address, { redirect: "manual", cache: "no-store", signal, ...options });
    isReached = answer.status < 500;
    return answer;
  } catch (error) {
    isReached = false;
    throw error;
  }
}

export function token() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

/* An id that nobody else makes; `randomUUID` is only there where the address is https. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/* A moment between nothing and so many milliseconds: a crowd that was cut off does not return at once. */
export function jitter(most) {
  return Math.random() * most;
}

export function made(name, className, text = "") {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

export function button(text, act) {
  const element = made("button", "btn plain small", text);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

/* The document of an answer, of which nothing runs. */
export function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

/* Once at a time, and once more where it was wanted meanwhile. */
export function oneAtATime(act) {
  let isBusy = false;
  let isWanted = false;
  return async () => {
    isWanted = true;
    if (isBusy) return;
    isBusy = true;
    try {
      while (isWanted) {
        isWanted = false;
        await act();
      }
    } finally {
      isBusy = false;
    }
  };
}
