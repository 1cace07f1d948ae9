/* What was begun in a box and not sent, on this device: for each conversation one text. */

const MOST_MS = 7 * 24 * 3600 * 1000;
const PREFIX = "draft ";

function attempt(act) {
  try {
    return act();
  } catch {
    // A private window may keep nothing.
    return undefined;
  }
}

export function keep(key, body) {
  if (!body) return drop(key);
  attempt(() => localStorage.setItem(PREFIX + key, JSON.stringify({ body, at: Date.now() })));
}

export function kept(key) {
  const found = attempt(() => JSON.parse(localStorage.getItem(PREFIX + key) ?? "null"));
  if (!found) return "";
  if (Date.now() - found.at < MOST_MS) return found.body;
  drop(key);
  return "";
}

export function drop(key) {
  attempt(() => localStorage.removeItem(PREFIX + key));
}

/* All that begin like this; of everything, drafts of programs too, where nothing is said. */
export function forget(begin = "") {
  attempt(() => {
    const keys = Object.keys(localStorage).filter((one) => one.startsWith(PREFIX + begin));
    for (const key of keys) localStorage.removeItem(key);
  });
}
