/* New lines move nothing under the eyes of who reads or writes. */

/* Add lines; what stood in the window stays where it stood, and where its end was in sight, the
   new end is. True where somebody has to be told that there is more below. */
export function adding(talk, box, add) {
  const isWriting = box?.contains(document.activeElement);
  const isAtEnd = isInSight(talk.lastElementChild ?? talk);
  const still = isWriting ? box : undefined;
  const before = still?.getBoundingClientRect().top;
  const added = add();
  if (!added.length) return false;
  const last = added[added.length - 1];
  if (still) scrollBy({ top: still.getBoundingClientRect().top - before, behavior: "instant" });
  else if (isAtEnd) last.scrollIntoView({ block: "nearest", behavior: "instant" });
  return !isInSight(last);
}

export function isInSight(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight && bottom <= innerHeight + 1;
}

/* Whether somebody looks at the page at all. */
export function isLooking() {
  return document.visibilityState === "visible" && document.hasFocus();
}
