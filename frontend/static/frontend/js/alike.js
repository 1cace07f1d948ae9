/* While the name of a new group is typed: entries with such a name, so that nobody registers what
   is here already. Without scripts the same list comes before anything is sent. */

const PAUSE_MS = 300;
const LEAST = 3;

const place = document.querySelector("[data-alike]");
const box = document.querySelector("input[name=name]");

if (place && box) {
  let timer;
  let last = "";
  box.closest(".field").after(place);

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => look(box.value.trim()), PAUSE_MS);
  });

  async function look(words) {
    if (words.length < LEAST || words === last) return;
    last = words;
    try {
      const answer = await fetch(`${place.dataset.alike}?${new URLSearchParams({ q: words })}`);
      if (!answer.ok || words !== last) return;
      const { alike } = await answer.json();
      place.querySelector("ul").replaceChildren(
        ...alike.map(({ name, address }) => {
          const line = document.createElement("li");
          const link = document.createElement("a");
          const text = document.createElement("bdi");
          link.href = address;
          text.textContent = name;
          link.append(text);
          line.append(link);
          return line;
        }),
      );
      place.hidden = alike.length === 0;
    } catch {
      // Offline: the same list is shown before anything is sent.
    }
  }
}
