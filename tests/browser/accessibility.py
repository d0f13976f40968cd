"""What of the page that is open breaks WCAG 2.2 AA, in light and in dark? axe-core tells, of each look once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BY_LOOK = ["color-contrast", "link-in-text-block"]
"""Rules whose answer follows from what an element looks like."""
BRIEF = {"resultTypes": ["violations"], "selectors": False}
"""What is in order is not told of one by one, nor where it stands: that takes most of the time."""
SCHEMES: dict[str, dict[str, Any]] = {
    "light": BRIEF | {"runOnly": LEVELS},
    "dark": BRIEF | {"runOnly": {"type": "rule", "values": BY_LOOK}},
}
"""What is held against WCAG 2.2 AA: all of it, and in the other colours what depends on colours."""

COLOURS_ONCE = """(() => {
  const {prototype} = axe.commons.color.Color, {parseString} = prototype, known = new Map();
  prototype.parseString = function (words) {
    const found = known.get(words);
    if (found) [this.r, this.g, this.b, this.alpha] = found;
    else {
      parseString.call(this, words);
      known.set(words, [this.r, this.g, this.b, this.alpha]);
    }
    return this;
  };
})()"""
"""Have axe work out once what a colour's words mean: it asks that of every element, anew for all that lie behind it."""

EACH_LOOK_ONCE = """((known) => {
  const fresh = [], seen = new Set(known), looks = new WeakMap();
  const scheme = String(matchMedia("(prefers-color-scheme: dark)").matches);
  const painted = ["backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode"];
  const plain = ["rgba(0, 0, 0, 0)", "none", "1", "none", "normal"];
  const letters = ["color", "textShadow", "visibility"];
  const linked = ["fontSize", "fontWeight", "textDecorationLine", "borderBottom"];
  const around = ["color", "fontWeight", "textDecorationLine"], fields = "input, select, textarea";
  const digest = (words) => {
    let [one, two] = [0xdeadbeef, 0x41c6ce57];
    for (let at = 0; at < words.length; at++) {
      one = Math.imul(one ^ words.charCodeAt(at), 2654435761);
      two = Math.imul(two ^ words.charCodeAt(at), 1597334677);
    }
    return `${(one >>> 0).toString(36)}.${(two >>> 0).toString(36)}`;
  };
  const beneath = (one) => {
    const {left, top, width, height} = one.getBoundingClientRect();
    const all = document.elementsFromPoint(left + width / 2, top + height / 2), at = all.indexOf(one);
    const under = all.slice(at + 1).map(behindOf);
    return at < 0 || under.includes(null) ? null : [...new Set(under)].join();
  };
  const behindOf = (one) => {
    if (one === null) return "";
    if (looks.has(one)) return looks.get(one);
    const style = getComputedStyle(one), behind = behindOf(one.parentElement);
    const under = ["static", "relative"].includes(style.position) ? "" : beneath(one);
    const paint = painted.map((name) => style[name]);
    const own = paint.every((value, at) => value === plain[at]) ? "" : `|${paint.join()}`;
    const usual = (words) => words.endsWith(plain.slice(1).join());
    const covers = own.startsWith("|rgb(") && usual(own) && (behind ?? "").split("|").slice(1).every(usual);
    const unknown = behind === null || under === null || one.namespaceURI.endsWith("svg");
    const stack = covers ? own : `${behind}${under && `|${under}`}${own}`;
    looks.set(one, unknown ? null : stack);
    return looks.get(one);
  };
  const lookOf = (rule, one) => {
    const behind = behindOf(one), own = getComputedStyle(one), other = getComputedStyle(one.parentElement ?? one);
    const points = parseFloat(own.fontSize) * 0.75, size = [points >= 18, points >= 14, own.fontWeight >= 700];
    const told = [scheme, behind, one.disabled, ...size, ...letters.map((name) => own[name])];
    const link = [...linked.map((name) => own[name]), ...around.map((name) => other[name])];
    return behind === null ? null : digest([...told, ...(rule.id === "color-contrast" ? [] : link)].join("|"));
  };
  const worded = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const nameOf = (rule, one) => {
    const look = worded(one) || "value" in one ? lookOf(rule, one) : null;
    return look && `${rule.id} ${look}`;
  };
  const before = axe.asked, asked = axe.asked = [];
  for (const rule of axe._audit.rules.filter((one) => %(rules)s.includes(one.id))) {
    const matches = rule.usual ??= rule.matches;
    rule.matches = function (one, ...more) {
      if (rule.id === "color-contrast" && !(worded(one) || one.matches(fields))) return false;
      const name = nameOf(this, one), again = seen.has(name);
      if (!again && !matches.call(this, one, ...more)) return false;
      asked.push([this, one]);
      if (name && !again) seen.add(name) && fresh.push(name);
      return !again;
    };
  }
  const anyNew = () => before.some(([rule, one]) => !seen.has(nameOf(rule, one)));
  return {fresh, anyNew};
})"""
"""Have axe ask of an element with words of its own what follows from its look only where it knows no other with that:
the same letters and colours, in words around it of the same, on all that is painted behind it from the root up, and
beneath it where it lies over other things. Of what is drawn, and of what lies over things that can't be told, it asks
each. Contrast is that of an element's own words or of a field: where there are neither, axe finds so at some length."""

TARGETS_NEAR_OTHERS = """(() => {
  const least = 24, places = [];
  const others = "a, area, button, input, select, textarea, summary, iframe, [tabindex], [role], [contenteditable]";
  const frames = "main, form, div:not([role]), :is(div, section)[role=region], div[role=group]";
  document.querySelectorAll(others).forEach((one) => {
    const {left, right, top, bottom} = one.getBoundingClientRect();
    places.push({one, left, right, top, bottom});
  });
  const of = new Map(places.map((place) => [place.one, place]));
  const rule = axe._audit.rules.find((one) => one.id === "target-size"), matches = rule.usual ??= rule.matches;
  const apart = (one, other) => one.right <= other.left || other.right <= one.left || one.bottom <= other.top
    || other.bottom <= one.top;
  const far = (one, other) => {
    const [x, y] = [(one.left + one.right) / 2, (one.top + one.bottom) / 2];
    return Math.hypot(x - Math.min(Math.max(x, other.left), other.right),
      y - Math.min(Math.max(y, other.top), other.bottom)) > least;
  };
  rule.matches = function (one, ...more) {
    const place = one.getClientRects().length === 1 && of.get(one);
    const large = place && place.right - place.left >= least && place.bottom - place.top >= least;
    const around = (other) => other.one.contains(one) && other.one.matches(frames);
    const clear = (other) => other === place || (apart(place, other) && (large || far(place, other))) || around(other);
    return place && places.every(clear) ? false : matches.call(this, one, ...more);
  };
})()"""
"""Have axe measure no target that no other touches, and that is large enough or stands by itself: no other comes within
the size that is asked of its middle, which is twice the room that is asked. It looks all around each. What a target
stands in is no other, where it only has the focus or a name."""

SAID = f"""async ([options, known, again]) => {{
  if (typeof axe === "undefined") return null;
  const moving = document.getAnimations().filter((one) => one.effect.getTiming().iterations !== Infinity);
  await Promise.all(moving.map((one) => one.finished));
  if (!again) {TARGETS_NEAR_OTHERS};
  const {{fresh, anyNew}} = ({EACH_LOOK_ONCE % {"rules": BY_LOOK}})(known);
  if (again && !anyNew()) return [[], fresh];
  const told = await axe.run(options);
  return [told.violations.map((one) => [one.id, ...one.nodes.map((node) => node.html)]), fresh];
}}"""
"""What axe says, once what fades in is there: half-way its colours are not those that people read. In other colours it
says nothing where it would be asked of no look that it does not know."""

_looks: WeakKeyDictionary[Browser, set[str]] = WeakKeyDictionary()


def broken_rules(page: Page) -> Iterator[str]:
    """Tell which rules the page breaks, and where; leave it in dark colours."""
    known = _looks.setdefault(page.context.browser, set()) if page.context.browser else set()
    for scheme, options in SCHEMES.items():
        if scheme != "light":
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        asked = [options, list(known), scheme != "light"]
        if (said := page.evaluate(SAID, asked)) is None:
            _load(page)
            said = page.evaluate(SAID, asked)
        broken, fresh = said
        known.update(fresh)
        yield from (f"{scheme}: {one}" for one in broken)


def _load(page: Page) -> None:
    """Have axe in this page, and in those that come after it: there it is sent and read once, not for each."""
    script = f"{Axe().axe_script};{COLOURS_ONCE}"
    page.add_init_script(script)
    page.evaluate(script)
