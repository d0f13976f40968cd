// The browser's half of the example portal. It talks to portaal.py alone; keys and in2stem are behind that.
"use strict";

const at = (id) => document.getElementById(id);

async function ask(path, body) {
  const sent = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(path, sent);
  const found = await answer.json();
  if (!answer.ok) throw found;
  return found;
}

function line(parent, text, tag = "li") {
  const one = document.createElement(tag);
  one.textContent = text;
  parent.append(one);
  return one;
}

// Names are there for who agreed; else a school has its number, and a mentor is told in general.
const school = (pair) => pair.about_school?.name ?? `School ${pair.school}`;
function mentor(pair) {
  const told = pair.about_mentor ?? {};
  const name = [told.first_name, told.last_name].filter(Boolean).join(" ");
  return [name, told.company, told.municipality].filter(Boolean).join(", ") || "Een mentor";
}

async function showPairs() {
  const list = at("koppels");
  try {
    const { pairings } = await ask("/koppels");
    pairings.forEach((pair) => line(list, `${school(pair)}: ${mentor(pair)}`));
  } catch (refused) {
    line(list, refused.detail);
  }
}

at("zoek").addEventListener("submit", async (event) => {
  event.preventDefault();
  const list = at("voorstellen");
  list.replaceChildren();
  try {
    const { pairings } = await ask(`/voorstellen/${encodeURIComponent(at("nummer").value.trim())}`);
    pairings.slice(0, 5).forEach((pair) => {
      const one = line(list, `${mentor(pair)}: ${pair.points} op 1.000 punten. `);
      line(one, pair.reasons.join(" "), "small");
    });
  } catch (refused) {
    line(list, refused.detail);
  }
});

function choices(place, name, options) {
  options.forEach(({ value, label }) => {
    const one = document.createElement("label");
    const box = Object.assign(document.createElement("input"), { type: "checkbox", name, value });
    one.className = "keuze";
    one.append(box, label);
    at(place).append(one);
  });
}

async function prepareForm() {
  const [options, told] = await Promise.all([ask("/keuzes"), ask("/open")]);
  choices("school_types", "school_types", options.school_types);
  choices("fields", "fields", options.fields);
  options.networks.forEach(({ value, label }) => at("network").append(new Option(label, value)));
  const day = (moment) => new Date(moment).toLocaleDateString("nl-BE");
  at("open").textContent = told.open
    ? `Aanmelden kan${told.closes_at ? ` tot ${day(told.closes_at)}` : " nu"}.`
    : `Aanmelden kan ${told.closes_at && new Date(told.closes_at) < new Date() ? `niet meer sinds ${day(told.closes_at)}` : `vanaf ${day(told.opens_at)}`}.`;
}

at("aanmelden").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  const text = (name) => String(form.get(name) ?? "").trim();
  const body = Object.fromEntries(["id", "name", "postcode", "network", "contact", "email", "website"].map((one) => [one, text(one)]));
  body.school_types = form.getAll("school_types");
  body.fields = form.getAll("fields");
  body.consent = form.get("consent") ? { wording: "2026-1", portal: form.has("portal") } : {};
  at("fouten").replaceChildren();
  try {
    const received = await ask("/aanmelden/schools", body);
    at("gedaan").textContent = received.detail;
    if (!received.application) return;
    const own = await ask(`/aanmelding/${received.application}`);
    // A real portal mails this link to the address in the form, and never shows it.
    const link = line(at("gedaan"), " Bevestigingslink, die u anders in uw mail krijgt", "a");
    link.href = own.confirm_link;
  } catch (refused) {
    (refused.errors ?? [refused]).forEach((one) => {
      const field = at((one.pointer ?? "").split("/")[1] ?? "");
      const label = field?.dataset.naam ?? field?.labels?.[0]?.textContent ?? field?.closest("fieldset")?.querySelector("legend")?.textContent;
      line(at("fouten"), label ? `${label}: ${one.detail}` : one.detail, "p");
    });
  }
});

prepareForm().catch((refused) => { at("open").textContent = refused.detail ?? "Het portaal is even niet bereikbaar."; });
showPairs();
