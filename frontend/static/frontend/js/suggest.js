/* Names that fit, offered while one types in the search of a page. The browser's own list shows
   them, so that keyboard and screen readers work as everywhere; without scripts one just searches. */

const PAUSE_MS = 250;
const LEAST = 2;

for (const box of document.querySelectorAll("input[type=search][data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `${box.id}-names`;
  box.after(list);
  box.setAttribute("list", list.id);
  let timer;
  let last = "";

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => offer(box.value.trim()), PAUSE_MS);
  });

  async function offer(words) {
    if (words.length < LEAST || words === last) return;
    last = words;
    try {
      const answer = await fetch(`${box.dataset.suggest}?${new URLSearchParams({ q: words })}`);
      if (!answer.ok || words !== last) return;
      const { suggestions } = await answer.json();
      list.replaceChildren(
        ...suggestions.map(({ name, kind }) => {
          const option = document.createElement("option");
          option.value = name;
          option.label = `${name} – ${kind}`;
          return option;
        }),
      );
    } catch {
      // Offline: the search itself still says so.
    }
  }
}
