// What does this script add to a map? Nearer and farther, and about: with buttons, wheel, fingers, mouse and keys.
"use strict";

const MOVES = { "+": [0, 0, 2 / 3], "-": [0, 0, 3 / 2], west: [-1, 0, 1], east: [1, 0, 1], north: [0, -1, 1], south: [0, 1, 1] };
const KEYS = { "+": "+", "=": "+", "-": "-", ArrowLeft: "west", ArrowRight: "east", ArrowUp: "north", ArrowDown: "south", "0": "whole" };
const NEAREST = 20;
const NAMES = [1, 1.6, 3.2];
const SLIPS = 5;

function live(place) {
  const map = place.querySelector("svg");
  const [, , wide, high] = map.getAttribute("viewBox").split(" ").map(Number);
  let [x, y, w] = [0, 0, wide];
  const fingers = new Map();
  let dragged = 0;
  let carried = null;

  function show() {
    w = Math.min(wide, Math.max(wide / NEAREST, w));
    const h = (w / wide) * high;
    x = Math.min(wide - w, Math.max(0, x));
    y = Math.min(high - h, Math.max(0, y));
    map.setAttribute("viewBox", [x, y, w, h].map(Math.round).join(" "));
    measure();
    map.classList.toggle("dichtbij", w < wide);
  }

  function measure() {
    const shown = map.getScreenCTM();
    if (shown) map.style.setProperty("--punt", `${1 / shown.a}px`);
    map.dataset.namen = NAMES.filter((least) => wide / w >= least).length;
  }

  function spot(event) {
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
  }

  function zoom(by, about) {
    const now = Math.min(wide, Math.max(wide / NEAREST, w * by));
    x = about.x - ((about.x - x) * now) / w;
    y = about.y - ((about.y - y) * now) / w;
    w = now;
    show();
  }

  function move(name) {
    if (name === "whole") [x, y, w] = [0, 0, wide];
    const [right, down, by] = MOVES[name] || [0, 0, 1];
    x += (right * w) / 4;
    y += (down * w * high) / wide / 4;
    if (by !== 1) zoom(by, { x: x + w / 2, y: y + (w * high) / wide / 2 });
    show();
  }

  // Of marks over each other the nearest is meant.
  function meant(event, side = "mentor], a[data-school") {
    const at = spot(event);
    const apart = (mark) => {
      const middle = mark.firstChild.getPointAtLength(0);
      return Math.hypot(middle.x - at.x, middle.y - at.y);
    };
    return document.elementsFromPoint(event.x, event.y)
      .flatMap((one) => one.closest(`a[data-${side}]`) || [])
      .sort((one, other) => apart(one) - apart(other))[0];
  }

  // A mentor is carried to a school: a line follows, and the school under it is marked.
  function carry(event) {
    const from = carried.spot;
    const to = spot(event);
    carried.line.setAttribute("d", `M${from.x} ${from.y}L${to.x} ${to.y}`);
    const school = meant(event, "school");
    if (school !== carried.school) carried.school?.classList.remove("doel");
    carried.school = school;
    school?.classList.add("doel");
  }

  function take(mark, event) {
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("class", "onderweg");
    map.append(line);
    carried = { mentor: mark.dataset.mentor, spot: spot(event), line, school: null };
    map.classList.add("draagt");
  }

  function drop(kept) {
    const { mentor, line, school } = carried;
    carried = null;
    line.remove();
    map.classList.remove("draagt");
    school?.classList.remove("doel");
    if (kept && school) askPrice(mentor, school.dataset.school);
  }

  place.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) move(button.value);
  });
  map.addEventListener("click", (event) => {
    const mark = event.detail && meant(event);
    if (dragged > SLIPS) event.preventDefault();
    else if (mark && !mark.contains(event.target) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      location.assign(mark.href.baseVal);
    }
  }, true);
  map.addEventListener("dragstart", (event) => event.preventDefault());
  map.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== map) return;
    event.preventDefault();
    zoom(Math.exp(Math.sign(event.deltaY) * Math.min(0.3, Math.abs(event.deltaY) / 300)), spot(event));
  }, { passive: false });
  map.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    dragged = 0;
    const mark = meant(event);
    if (carried) drop(false);
    else if (mark?.dataset.mentor && fingers.size === 1 && event.button === 0) take(mark, event);
  });
  map.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const others = [...fingers.values()].filter((one) => one !== before);
    const per = map.getScreenCTM().a;
    if (others.length) {
      const apart = (one) => Math.hypot(one.clientX - others[0].clientX, one.clientY - others[0].clientY);
      if (apart(event)) zoom(apart(before) / apart(event), spot(event));
    } else if (carried) {
      carry(event);
    } else {
      x -= (event.clientX - before.clientX) / per;
      y -= (event.clientY - before.clientY) / per;
    }
    dragged += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
    if (dragged > SLIPS && !map.hasPointerCapture(event.pointerId)) map.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event);
    show();
  });
  for (const name of ["pointerup", "pointercancel"]) {
    map.addEventListener(name, (event) => {
      fingers.delete(event.pointerId);
      if (carried) drop(name === "pointerup" && dragged > SLIPS);
    });
  }
  map.setAttribute("tabindex", "0");
  map.addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(KEYS[event.key]);
  });
  new ResizeObserver(measure).observe(map);
  place.querySelector("[hidden]").hidden = false;
  show();
}

for (const place of document.querySelectorAll("[data-zoom]")) live(place);

// --- A map that stands on a page of its own is fetched once its place comes near.
for (const place of document.querySelectorAll("[data-haal]")) {
  const near = new IntersectionObserver(([one]) => {
    if (!one.isIntersecting) return;
    near.disconnect();
    fetchPage("GET", place.dataset.haal, null, (answer) => {
      const drawn = answer.querySelector("[data-zoom]");
      if (!drawn) return;
      document.adoptNode(drawn).dataset.van = place.dataset.haal;
      place.replaceWith(drawn);
      live(drawn);
    }, () => say(GONE));
  }, { rootMargin: "300px" });
  near.observe(place);
}

// --- After an agreement its line is drawn anew.
function redraw(line) {
  const map = document.querySelector("[data-van]");
  if (map) fetchPage("GET", map.dataset.van, null, (answer) => swap([line], answer), () => {});
}
