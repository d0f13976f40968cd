// Prints the events of an iCalendar file as JSON, as `ical.js` or `node-ical` read them: node events.mjs PARSER FILE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.cwd() + "/");
const [parser, file] = process.argv.slice(2);
const text = readFileSync(file, "utf-8");
const utc = (moment) => moment.toISOString().slice(0, 19) + "Z";

function byIcalJs() {
  const ICAL = require("ical.js").default ?? require("ical.js");
  const root = new ICAL.Component(ICAL.parse(text));
  for (const zone of root.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  return root.getAllSubcomponents("vevent").map((one) => {
    const event = new ICAL.Event(one);
    return {
      uid: event.uid,
      sequence: event.sequence,
      start: utc(event.startDate.toJSDate()),
      end: utc(event.endDate.toJSDate()),
      summary: event.summary,
      location: event.location,
      description: event.description,
      status: one.getFirstPropertyValue("status") ?? "",
      geo: one.getFirstPropertyValue("geo") ?? [],
    };
  });
}

function byNodeIcal() {
  const plain = (value) => (value && typeof value === "object" ? value.val : value) ?? "";
  return Object.values(require("node-ical").sync.parseICS(text))
    .filter((one) => one.type === "VEVENT")
    .map((one) => ({
      uid: one.uid,
      sequence: Number(one.sequence),
      start: utc(one.start),
      end: utc(one.end),
      summary: plain(one.summary),
      location: plain(one.location),
      description: plain(one.description),
      status: one.status ?? "",
      geo: one.geo ? [one.geo.lat, one.geo.lon] : [],
    }));
}

console.log(JSON.stringify({ "ical.js": byIcalJs, "node-ical": byNodeIcal }[parser]()));
