/* The moving map: Leaflet over this site's own tiles, symbols from its own API. Whoever has no
   scripts keeps the drawn map that stands on the page. */

const BLOCK = 2; // questions are asked of blocks of tiles, so that answers are shared and kept
const TILE = 256;
const KEPT = 200;
const ONE_POINT = 1e-9;
const DRAWN_ZOOM = 6;
const CLOSEST = 12;

const live = document.getElementById("live");
if (live && window.L) start(live, JSON.parse(live.dataset.map), window.L);

function start(box, data, L) {
  const status = document.getElementById("map-status");
  const list = document.getElementById("shown");
  const asList = document.getElementById("as-list");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const answers = new Map();
  let turn = 0;
  let filled = false;
  let opening = false;

  showLive(true);
  const map = L.map(box, {
    attributionControl: false,
    center: data.at,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    maxZoom: CLOSEST,
    minZoom: 1,
    worldCopyJump: true,
    zoom: data.zoom,
    zoomAnimation: !still,
    zoomControl: false,
  });
  L.control
    .zoom({ zoomInTitle: data.labels.closer, zoomOutTitle: data.labels.farther })
    .addTo(map);

  // Leaflet's own tile layer empties pictures with an address that the policy forbids.
  const Tiles = L.GridLayer.extend({
    createTile(where, done) {
      const picture = document.createElement("img");
      picture.alt = "";
      picture.addEventListener("load", () => done(null, picture));
      picture.addEventListener("error", () => done(new Error("no tile"), picture));
      const count = 2 ** where.z;
      if (where.y < 0 || where.y >= count) return document.createElement("div");
      const x = ((where.x % count) + count) % count;
      picture.src = (dark.matches ? data.tiles.dark : data.tiles.light)
        .replace("{z}", where.z)
        .replace("{x}", x)
        .replace("{y}", where.y);
      return picture;
    },
  });
  const tiles = new Tiles({ maxNativeZoom: DRAWN_ZOOM, tileSize: TILE }).addTo(map);
  dark.addEventListener("change", () => tiles.redraw());
  const symbols = L.layerGroup().addTo(map);

  map.on("moveend", show);
  addEventListener("popstate", () => {
    const query = new URLSearchParams(location.search);
    const [latitude, longitude] = (query.get("at") ?? data.at.join(",")).split(",").map(Number);
    map.setView([latitude, longitude], Number(query.get("zoom") ?? data.zoom), { animate: false });
  });
  show();

  async function show() {
    const mine = ++turn;
    remember();
    const asked = data.layers.flatMap((layer) => blocks().map((block) => [layer, block]));
    try {
      const found = await Promise.all(asked.map(([layer, block]) => features(layer, block)));
      if (mine !== turn) return;
      filled = true;
      draw(found.flat());
    } catch {
      if (mine !== turn) return;
      // Before the first answer the drawn map says more than an empty one.
      if (!filled) showLive(false);
      status.textContent = data.labels.failed;
    }
  }

  function showLive(yes) {
    document.documentElement.classList.toggle("has-live-map", yes);
    box.hidden = !yes;
  }

  // The blocks of the fixed grid that the view touches, each once however wide the world is shown.
  function blocks() {
    const zoom = map.getZoom();
    const side = TILE * BLOCK;
    const count = Math.max(1, 2 ** zoom / BLOCK);
    const view = map.getPixelBounds();
    const found = new Map();
    for (let x = Math.floor(view.min.x / side); x * side < view.max.x; x++) {
      for (let y = Math.floor(view.min.y / side); y * side < view.max.y; y++) {
        if (y < 0 || y >= count) continue;
        const column = ((x % count) + count) % count;
        const west = map.unproject([column * side, y * side], zoom);
        const east = map.unproject([(column + 1) * side, (y + 1) * side], zoom);
        const sides = [west.lng, east.lat, Math.min(east.lng, 180), west.lat];
        found.set(`${column},${y}`, sides.map((side) => side.toFixed(4)).join(","));
      }
    }
    return [...found.values()];
  }

  async function features(layer, bbox) {
    const query = new URLSearchParams({ ...data.filters[layer], layer, bbox, zoom: map.getZoom() });
    const address = `${data.features}?${query}`;
    if (!answers.has(address)) {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(answer.status);
      const { features: found } = await answer.json();
      if (answers.size >= KEPT) answers.delete(answers.keys().next().value);
      answers.set(address, found.map((feature) => ({ ...feature, layer })));
    }
    return answers.get(address);
  }

  function draw(found) {
    const held = box.contains(document.activeElement) && document.activeElement !== box;
    const heldHref = document.activeElement?.dataset?.href;
    symbols.clearLayers();
    list.replaceChildren();
    const seen = new Set();
    const view = map.getBounds();
    const counts = { programs: 0, facilities: 0 };
    for (const feature of found) {
      const [lng, lat] = feature.geometry.coordinates;
      const what = described(feature);
      const key = `${what.href} ${what.words}`;
      const at = nearest(lat, lng, view);
      if (seen.has(key) || !view.contains(at)) continue;
      seen.add(key);
      counts[feature.layer] += feature.properties.count ?? 1;
      put(at, feature, what, heldHref);
      line(what);
    }
    if (held && !box.contains(document.activeElement)) box.focus({ preventScroll: true });
    status.textContent = seen.size
      ? data.layers
          .map((layer) => sentence(data.words[layer].plain, counts[layer], {}))
          .join(data.labels.comma)
      : data.labels.nothing;
  }

  // The copy of a point that is in view, since the world goes round.
  function nearest(lat, lng, view) {
    const turns = Math.round((view.getCenter().lng - lng) / 360);
    return L.latLng(lat, lng + turns * 360);
  }

  function put(at, feature, what, held) {
    const { cluster, count, precision } = feature.properties;
    const kind = precision === "country" ? "vague" : cluster ? "cluster" : precision === "region" ? "area" : "one";
    const figure = document.createElement("span");
    if (cluster) figure.textContent = count.toLocaleString(document.documentElement.lang);
    else if (kind === "vague") figure.textContent = (1).toLocaleString(document.documentElement.lang);
    // Places of detention stand a little below their town and under programs, so as not to hide them.
    const place = feature.layer === "facilities";
    const radius = Math.min(12 + 1.1 * Math.sqrt(count ?? 1), 26);
    const size = cluster ? (place ? Math.min(22 + Math.sqrt(count), 36) : 2 * radius + 4) : 28;
    const marker = L.marker(at, {
      icon: L.divIcon({
        className: `pin ${kind} ${feature.layer}`,
        html: figure,
        // What is somewhere in a country stands above its middle, beside what has a town there.
        iconAnchor: [size / 2, place ? -2 : kind === "vague" ? size + 4 : size / 2],
        iconSize: [size, size],
      }),
      title: what.words,
      zIndexOffset: place ? -1000 : kind === "vague" ? 500 : 0,
    }).addTo(symbols);
    const element = marker.getElement();
    element.setAttribute("aria-label", what.words);
    element.setAttribute("role", "link");
    element.dataset.href = what.href;
    if (what.language) element.lang = what.language;
    marker.on("click", () => go(what));
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      event.stopPropagation();
      go(what);
    });
    if (held === what.href) element.focus({ preventScroll: true });
  }

  function line(what) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = what.href;
    link.textContent = what.words;
    if (what.language) link.lang = what.language;
    link.addEventListener("click", (event) => {
      if (!what.bounds || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(what);
      box.focus();
    });
    item.append(link);
    list.append(item);
  }

  function go(what) {
    opening = Boolean(what.bounds);
    if (what.bounds) map.fitBounds(what.bounds, { animate: !still, maxZoom: CLOSEST, padding: [40, 40] });
    else location.assign(what.href);
  }

  function described({ geometry, layer, properties: said }) {
    const country = said.country ? data.countries[said.country] : undefined;
    const near = said.near ? apart(said.near) : "";
    if (!said.cluster) {
      const name = apart(said.name);
      const words =
        said.precision === "country" && country
          ? data.labels.vague.replace("{name}", name).replace("{country}", apart(country))
          : layer === "facilities"
            ? data.labels.place.replace("{name}", name)
            : name;
      // A sentence around a name is in the language of the page.
      const language = words === name ? said.language : undefined;
      return { words, href: `${data.pages[layer]}${said.slug}/`, language };
    }
    const [west, south, east, north] = said.bbox;
    const point = east - west < ONE_POINT && north - south < ONE_POINT;
    const form =
      said.precision === "country" ? (country ? "somewhere" : "vague") : !near ? "plain" : point ? "in" : "near";
    const values = { place: near, country: country ? apart(country) : "" };
    const words = sentence(data.words[layer][form], said.count, values);
    const filters = data.filters[layer];
    if (said.precision === "country") {
      const land = said.country ? { country: said.country } : {};
      return { words, href: `${data.pages[layer]}?${new URLSearchParams({ ...filters, ...land })}` };
    }
    const around = [west - 0.001, south - 0.001, east + 0.001, north + 0.001].map((side) => side.toFixed(4));
    const href = `${data.pages[layer]}?${new URLSearchParams({ ...filters, bbox: around.join(",") })}`;
    const deep = point || map.getZoom() >= CLOSEST;
    return { words, href, bounds: deep ? undefined : [[south, west], [north, east]] };
  }

  function sentence(forms, number, values) {
    let words = forms[plural.select(number)] ?? forms.other;
    words = words.replace("{number}", number.toLocaleString(document.documentElement.lang));
    for (const [name, value] of Object.entries(values)) words = words.replace(`{${name}}`, value);
    return words;
  }

  // Address bar, language links and "as a list" stay in step with the view.
  function remember() {
    const middle = map.getCenter().wrap();
    const query = new URLSearchParams(location.search);
    query.set("zoom", map.getZoom());
    query.set("at", `${+middle.lat.toFixed(3)},${+middle.lng.toFixed(3)}`);
    const address = `${location.pathname}?${query}`;
    try {
      // A cluster that was opened can be left by going back; moving about is one place.
      if (opening) history.pushState(null, "", address);
      else history.replaceState(null, "", address);
      opening = false;
    } catch {
      // Some browsers refuse many changes in a short time; the next move says it again.
    }
    for (const link of document.querySelectorAll("#languages a")) link.search = `?${query}`;
    const view = map.getBounds();
    const wrapped = (lng) => ((((lng + 180) % 360) + 360) % 360) - 180;
    const whole = view.getEast() - view.getWest() >= 360;
    const sides = [
      whole ? -180 : wrapped(view.getWest()),
      Math.max(view.getSouth(), -85),
      whole ? 180 : wrapped(view.getEast()),
      Math.min(view.getNorth(), 85),
    ];
    const target = new URL(asList.href);
    if (whole) target.searchParams.delete("bbox");
    else target.searchParams.set("bbox", sides.map((side) => side.toFixed(4)).join(","));
    asList.href = target;
  }

  function apart(name) {
    return `\u2068${name}\u2069`;
  }
}
