/* What was written and has not reached the server: texts only, on this device, at most 7 days.

   Where the browser keeps nothing, they are held for as long as the page is open. */

const NAME = "unsent";
const STORE = "texts";
const MOST_MS = 7 * 24 * 3600 * 1000;
const memory = new Map();
let database;
let last = 0;

export let isKept = "indexedDB" in globalThis;

function opened() {
  database ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () =>
      asked.result.createObjectStore(STORE, { keyPath: "order", autoIncrement: true });
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error("blocked"));
  });
  return database;
}

/* What one question gives, once the disk has it. */
async function done(mode, act) {
  const found = await opened();
  return new Promise((resolve, reject) => {
    const transaction = found.transaction(STORE, mode, { durability: "strict" });
    const asked = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

async function either(mode, act, instead) {
  if (!isKept) return instead();
  try {
    return await done(mode, act);
  } catch {
    isKept = false;
    return instead();
  }
}

/* Keep it, or what became of it; with the order in which it was written. */
export async function put(item) {
  item.order = await either(
    "readwrite",
    (store) => store.put(item),
    () => {
      const order = item.order ?? ++last;
      memory.set(order, { ...item, order });
      return order;
    },
  );
  return item;
}

export function remove(item) {
  return either(
    "readwrite",
    (store) => store.delete(item.order),
    () => memory.delete(item.order),
  );
}

function everything() {
  return either(
    "readonly",
    (store) => store.getAll(),
    () => [...memory.values()],
  );
}

/* What this person has not sent for this group, the oldest first. What is too old, or was written
   by somebody else who used this browser, is deleted. */
export async function mine(kept) {
  const [person] = kept.split(" ");
  const found = await everything();
  const fits = (one) => one.kept.startsWith(person) && Date.now() - one.at < MOST_MS;
  for (const one of found) if (!fits(one)) await remove(one);
  return found.filter((one) => fits(one) && one.kept === kept);
}

/* Delete what fits: everything where nothing is said. */
export async function forget(fits = () => true) {
  for (const one of await everything()) if (fits(one)) await remove(one);
}
