// What does this script add? Every page works without it: here a change shows at once, progress moves, keys do things.
"use strict";

// --- Forms that change a part of the page: post in the background, take the named elements from the page that answers.
const connection = document.getElementById("verbinding");

function say(words) {
  connection.textContent = words;
}

const GONE = "De dienst antwoordt niet. Er ging niets verloren: probeer het zo opnieuw.";

// Of several questions about one part of the page only the last is answered: answers may come in another order.
const newest = new Map();

function fetchPage(method, address, body, done, failed, part = "") {
  const mine = (newest.get(part) || 0) + 1;
  newest.set(part, mine);
  const request = new XMLHttpRequest();
  request.open(method, address);
  request.responseType = "document";
  request.setRequestHeader("Accept", "text/html");
  request.addEventListener("load", () => {
    if (part && newest.get(part) !== mine) return;
    if (!request.response) return failed();
    say("");
    done(request.response, request.responseURL, request.status);
  });
  request.addEventListener("error", failed);
  request.send(body);
}

function swap(names, answer) {
  const focused = document.activeElement;
  const place = focused && focused.id;
  for (const name of names) {
    const old = document.getElementById(name);
    const fresh = answer.getElementById(name);
    if (!old || !fresh) return false;
    old.replaceWith(document.adoptNode(fresh));
  }
  const again = (place && document.getElementById(place)) || (focused?.isConnected ? null : document.getElementById("inhoud"));
  if (again && document.activeElement !== again) again.focus({ preventScroll: true });
  return true;
}

// What was chosen stands in the address, so that reload, back and a link that is passed on show it again.
function remember(address, typing = false) {
  if (!history.state?.swapped) history.replaceState({ swapped: true }, "");
  history[typing ? "replaceState" : "pushState"]({ swapped: true }, "", address);
}

addEventListener("popstate", (event) => {
  if (event.state?.swapped) location.reload();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.swap || event.defaultPrevented) return;
  event.preventDefault();
  const button = event.submitter;
  const body = new FormData(form, button);
  const reading = form.method === "get";
  const address = reading ? `${form.action.split("?")[0]}?${new URLSearchParams(body)}` : form.action;
  const plain = form.enctype === "multipart/form-data" ? body : new URLSearchParams(body);
  form.setAttribute("aria-busy", "true");
  fetchPage(reading ? "GET" : "POST", address, reading ? null : plain, (answer, where) => {
    form.removeAttribute("aria-busy");
    if (!swap([...form.dataset.swap.split(" "), "melding"], answer)) location.assign(where);
    else if (reading && where !== location.href) remember(where);
    else if (form.dataset.lijn) redraw(form.dataset.lijn);
    start(); // what is still being computed is followed here too
  }, () => {
    form.removeAttribute("aria-busy");
    say(GONE);
  }, reading ? form.dataset.swap : "");
});

// --- Progress: what a computation tells, as it tells it; when it ended the page is taken anew.
// Too many follow, or the service is too busy: each time longer until it is asked again, for all would ask at once.
let refused = 0;
const later = () => Math.min(15, 2 ** Math.min(refused += 1, 4)) * 1000;

function follow(place) {
  const source = new EventSource(place.dataset.events);
  const began = Date.parse(place.dataset.began) || Date.now();
  const clock = place.querySelector("[data-clock]");
  const words = place.querySelector("[data-words]");
  const bar = place.querySelector("progress");
  const ticking = setInterval(() => {
    if (clock) clock.textContent = Math.max(0, Math.round((Date.now() - began) / 1000)).toString();
  }, 1000);
  const ended = () => {
    source.close();
    clearInterval(ticking);
    fetchPage("GET", place.dataset.again || location.href, null, (answer, where, status) => {
      if (status === 503) setTimeout(ended, later());
      else if (!swap([...place.dataset.swap.split(" "), "melding"], answer)) location.assign(where);
      else start();
    }, () => setTimeout(ended, 2000));
  };
  const shown = (event) => {
    say("");
    const told = JSON.parse(event.data).data;
    if (words && told.line) words.textContent = told.line;
    if (bar && told.fraction) bar.value = told.fraction;
  };
  source.addEventListener("progress", shown);
  for (const name of ["done", "failed", "stopped"]) source.addEventListener(name, ended);
  source.addEventListener("open", () => {
    refused = 0;
    say("");
  });
  source.addEventListener("error", () => {
    say("De verbinding is even weg. Het rekenen loopt door of begint vanzelf opnieuw; deze bladzijde ook.");
    if (source.readyState === EventSource.CLOSED) setTimeout(ended, later());
  });
}

function start() {
  for (const place of document.querySelectorAll("[data-events]:not([data-followed])")) {
    place.dataset.followed = "";
    follow(place);
  }
}
start();

// --- A search that answers while one types; without this script its button does the same.
const PAUSE = 250;

for (const form of document.querySelectorAll("[data-zoekt]")) {
  let waiting = 0;
  let within = false;
  const look = (typing) => {
    clearTimeout(waiting);
    const kept = [...new FormData(form)].filter(([, value]) => value !== "");
    const address = `${form.action.split("?")[0]}?${new URLSearchParams(kept)}`;
    fetchPage("GET", address, null, (answer, where) => {
      if (swap(form.dataset.swap.split(" "), answer)) remember(where, within && typing);
      else location.assign(where);
      within = typing;
    }, () => say(GONE), form.dataset.swap);
  };
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    const typing = event.target.matches("[type=search], [type=number]");
    waiting = setTimeout(() => look(typing), typing ? PAUSE : 0);
  });
}

// --- What is dragged to another place (a mentor, a school, a session): the price first, nothing is kept yet.
// What is dragged tells with what it asks (data-neem) and where it may go (data-op); a place tells which it is
// (data-plaats), the part of the page that shows the price where it is asked (data-prijs). On the plan rows tell it,
// on the map marks.
function askPriceOf(told) {
  const panel = document.querySelector("[data-prijs]");
  const asked = new URLSearchParams(panel ? "" : location.search);
  for (const [name, value] of told) asked.set(name, value);
  const address = `${panel ? panel.dataset.prijs : location.pathname.replace(/\/(plan|kaart)$/, "/verzet")}?${asked}`;
  const name = panel?.id || "proef";
  say("De prijs wordt gevraagd …");
  fetchPage("GET", address, null, (answer, where) => {
    if (!swap([name], answer)) return location.assign(where);
    start();
    const place = document.getElementById(name);
    place.tabIndex = -1;
    place.focus();
    place.scrollIntoView({ block: "nearest" });
  }, () => say(GONE), name);
}

function askPrice(mentor, school) {
  askPriceOf([["mentor", mentor], ["naar", school]]);
}

let dragged = null;
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-neem], td[data-mentor]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  if (dragged.dataset.op) for (const one of document.querySelectorAll(dragged.dataset.op)) one.classList.add("kan-hier");
});
const over = (event) => {
  const place = dragged && event.target.closest?.(dragged.dataset.op || "tr[data-school]");
  return place?.contains(dragged) ? null : place;
};
document.addEventListener("dragover", (event) => {
  const place = over(event);
  for (const one of document.querySelectorAll(".doel")) if (one !== place) one.classList.remove("doel");
  if (!place) return;
  event.preventDefault();
  place.classList.add("doel");
});
document.addEventListener("drop", (event) => {
  const place = over(event);
  if (!place) return;
  event.preventDefault();
  if (dragged.dataset.mentor) askPrice(dragged.dataset.mentor, place.dataset.school);
  else askPriceOf([dragged.dataset.neem, place.dataset.plaats].flatMap((one) => [...new URLSearchParams(one)]));
});
document.addEventListener("dragend", () => {
  dragged = null;
  for (const one of document.querySelectorAll(".doel, .kan-hier")) one.classList.remove("doel", "kan-hier");
});

// --- Logging in: the link's secret stands behind the #, where no server sees it.
const link = document.getElementById("link");
function takeLink() {
  if (!link || location.hash.length <= 20) return;
  link.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
  link.form.querySelector("button").focus();
}
takeLink();
addEventListener("hashchange", takeLink); // another link, opened in the same window

// --- Keys: rows with j and k, what a row can do by its letter, and g with a letter to another page.
const PLACES = { d: "gegevens", c: "controle", r: "ronde", p: "plan", b: "publiceren", u: "uitval",
  v: "vergelijken", n: "sessies", t: "traject", o: "dossier" };
let going = false;

function step(by) {
  const rows = [...document.querySelectorAll("[data-rij]")].filter((row) => row.offsetParent);
  if (!rows.length) return;
  const now = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(rows.length - 1, Math.max(0, now + by))];
  const target = next.querySelector("[data-eerst]") || next.querySelector("a, button, input, select");
  if (target) target.focus();
}

document.addEventListener("keydown", (event) => {
  if ("zonderToetsen" in document.body.dataset) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea")) return;
  const key = event.key.toLowerCase();
  const cohort = location.pathname.match(/^\/cohorten\/[^/]+/);
  const chosen = going && cohort && PLACES[key];
  going = key === "g";
  if (chosen) return location.assign(`${cohort[0]}/${chosen}`);
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (event.key === "?") location.assign("/sneltoetsen");
  else if (key === "/") document.querySelector("input[type=search]")?.focus();
  else {
    const row = event.target.closest("[data-rij]");
    row?.querySelector(`[data-toets="${CSS.escape(key)}"]`)?.click();
    return;
  }
  event.preventDefault();
});

// --- On a phone the steps do not fit: the one where we are is brought into view.
const here = document.querySelector(".stappen [aria-current]");
const steps = here?.closest(".stappen");
if (steps) steps.scrollLeft = here.offsetLeft - (steps.clientWidth - here.offsetWidth) / 2;

// --- Choices that act at once, and files that are dropped on the page.
document.addEventListener("change", (event) => {
  if (event.target.closest("[data-meteen]")) event.target.form.requestSubmit();
});

const files = document.querySelector("[data-los]");
const carries = (event) => files && event.dataTransfer?.types.includes("Files");
document.addEventListener("dragover", (event) => {
  if (!carries(event)) return;
  event.preventDefault();
  files.classList.add("los");
});
document.addEventListener("dragleave", (event) => {
  if (files && !event.relatedTarget) files.classList.remove("los");
});
document.addEventListener("drop", (event) => {
  if (!carries(event)) return;
  event.preventDefault();
  files.classList.remove("los");
  files.querySelector("input[type=file]").files = event.dataTransfer.files;
  files.requestSubmit();
});

// --- A form that is kept while one fills in: a moment after the last change, one sending at a time.
const KEEP_AFTER = 1500;
const NOT_KEPT = "Dit werd niet vanzelf bewaard. Klik op «Bewaar als ontwerp»: wat u invulde, staat er nog.";

function keepWhileTyping(form) {
  let waiting = 0;
  let sending = false;
  let button = null;
  const content = () => {
    const body = new URLSearchParams(new FormData(form));
    body.set("vanzelf", "1");
    return body;
  };
  const ended = (words) => {
    sending = false;
    if (words) say(words);
    if (button) form.requestSubmit(button);
    else if (waiting && !words) keep();
  };
  const keep = () => {
    if (sending) return;
    waiting = 0;
    sending = true;
    const names = form.dataset.bewaart.split(" ");
    fetchPage("POST", form.action, content(), (answer) => ended(swap(names, answer) ? "" : NOT_KEPT), () => ended(GONE));
  };
  form.addEventListener("change", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, KEEP_AFTER);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    waiting = 0;
    button = null;
    if (!sending) return;
    event.preventDefault();
    button = event.submitter;
  });
  addEventListener("pagehide", () => {
    if (waiting) navigator.sendBeacon(form.action, content());
  });
}

for (const form of document.querySelectorAll("[data-bewaart]")) keepWhileTyping(form);

// --- Copy the text in the field before a button; without this the text itself can be selected.
for (const button of document.querySelectorAll("[data-kopieer]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.previousElementSibling.value);
    say("Gekopieerd.");
  });
}
