// Looks at the page as a person does: only what is visible counts, and a thing has the name that is
// written on it or that a screen reader says. Rust calls the functions at the end.

const words = (text) => (text ?? "").replace(/\s+/g, " ").trim();

function visible(element) {
  if (element.getClientRects().length === 0) return false;
  return getComputedStyle(element).visibility === "visible" && !element.closest("[aria-hidden=true], [inert]");
}

// Every name an element may be asked for by. The parts of aria-labelledby count one by one too: a
// select is labelled by its field's label and by its current value.
function names(element) {
  const labelled = (element.getAttribute("aria-labelledby") ?? "")
    .split(/\s+/)
    .map((id) => id && document.getElementById(id))
    .filter(Boolean)
    .map((label) => label.innerText);
  const own = element.innerText ?? "";
  return [
    element.getAttribute("aria-label"),
    element.getAttribute("placeholder"),
    ...labelled,
    labelled.join(" "),
    ...[...(element.labels ?? [])].map((label) => label.innerText),
    own,
    own.trim().split("\n")[0],
  ]
    .map(words)
    .filter(Boolean);
}

const KINDS = {
  button: "button, [role=button], summary",
  link: "a",
  choice: "input[type=radio], input[type=checkbox], [role=radio], [role=checkbox], [role=switch]",
  field: "input:not([type=radio]):not([type=checkbox]), textarea",
  select: "button[aria-haspopup=listbox], button[aria-haspopup=dialog], [role=combobox]",
  option: "[role=option]",
  menuitem: "[role=menuitem]",
  table: "table, [role=grid], [role=treegrid]",
  tab: "[role=tab]",
  heading: "h1, h2, h3, h4, h5, [role=heading]",
};

function all(kind, name) {
  if (kind === "testid") return [...document.querySelectorAll(`[data-testid="${CSS.escape(name)}"]`)].filter(visible);
  const candidates = [...document.querySelectorAll(KINDS[kind])].filter(
    // Radio buttons and checkboxes are drawn by what lies over them.
    (element) => (kind === "choice" ? element.getClientRects().length > 0 : visible(element)),
  );
  // "Create 4…" is whatever begins so.
  const wanted = words(name.replace(/…$/, ""));
  const fits = name.endsWith("…") ? (own) => own.startsWith(wanted) : (own) => own === wanted;
  return candidates.filter((element) => names(element).some(fits));
}

function only(found, kind, name) {
  if (found.length === 1) return { element: found[0] };
  if (found.length === 0) return { why: `there is no ${kind} "${name}"` };
  return { why: `${found.length} of kind ${kind} are called "${name}"` };
}

function off(element) {
  return element.disabled || element.getAttribute("aria-disabled") === "true";
}

// Scrolls what lies aside in a table: WebKit's own scrolling does not where a link holds a box.
function moveAside(element) {
  for (let each = element.parentElement; each && each !== document.body; each = each.parentElement) {
    const box = element.getClientRects()[0];
    const around = each.getBoundingClientRect();
    const scrolls = each.scrollWidth > each.clientWidth && ["auto", "scroll"].includes(getComputedStyle(each).overflowX);
    if (box && scrolls && (box.left < around.left || box.right > around.right)) each.scrollLeft += box.left - around.left;
  }
}

const reaches = (hit, element) => element.contains(hit) || (hit.closest("label")?.contains(element) ?? false);

// A point of the element that a click would really reach.
function pointOf(element, kind, name) {
  if (off(element)) return { why: `the ${kind} "${name}" is switched off` };
  const choice = element.matches(KINDS.choice);
  const targets = choice ? [element.closest("label"), ...(element.labels ?? []), element].filter(Boolean) : [element];
  targets[0].scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
  moveAside(targets[0]);
  let over = "nothing";
  for (const target of targets) {
    const box = target.getClientRects()[0];
    if (!box) continue;
    const x = box.left + Math.min(box.width / 2, choice ? 12 : box.width);
    const y = box.top + box.height / 2;
    const hit = document.elementFromPoint(x, y);
    if (hit && (target.contains(hit) || reaches(hit, element))) {
      return { x: Math.round(x), y: Math.round(y) };
    }
    over = `${described(hit)} at ${Math.round(x)}, ${Math.round(y)}`;
  }
  return { why: `the ${kind} "${name}" is not what a click on it reaches: ${over}` };
}

// The same, and remembers what the next press of the mouse meets: the page may move between the look and the click.
function aim(element, kind, name) {
  const press = { met: null, hit: false };
  window.pipelinkPress = press;
  window.pipelinkAim?.abort();
  window.pipelinkAim = new AbortController();
  addEventListener(
    "mousedown",
    ({ target }) => {
      press.met = target;
      const labels = [element.closest("label"), ...(element.labels ?? [])].filter(Boolean);
      // What was drawn anew in between cannot be compared any more.
      press.hit = !element.isConnected || reaches(target, element) || labels.some((label) => label.contains(target));
    },
    { capture: true, once: true, signal: window.pipelinkAim.signal },
  );
  return pointOf(element, kind, name);
}

// --- called from Rust ---

function point(kind, name) {
  const found = all(kind, name);
  // Of several, those count that a click reaches: a dialog's Cancel, not the page's that it covers.
  const reached = found.length > 1 ? found.filter((element) => !pointOf(element, kind, name).why) : found;
  const { element, why } = only(reached, kind, name);
  return why ? { why } : aim(element, kind, name);
}

// What the press met: what was aimed at, nothing that a click does anything to, or something else.
function met() {
  const { met: target, hit } = window.pipelinkPress ?? {};
  if (hit) return { hit };
  const other = target?.closest(Object.values(KINDS).slice(0, 6).join());
  return { hit: false, other: other ? described(other) : null };
}

// The radio button or checkbox of the one row of a table that has this text in a cell.
function pointOfRow(table, text) {
  const tables = all("table", table);
  const rows = tables.flatMap((found) =>
    [...found.querySelectorAll("tbody tr")].filter((row) =>
      [...row.querySelectorAll("td, th")].some((cell) =>
        words(cell.innerText) === words(text) || cell.innerText.split("\n").some((line) => words(line) === words(text)),
      ),
    ),
  );
  const { element, why } = only(rows, tables.length ? `row of "${table}" with` : `table "${table}" with a row`, text);
  if (why) return { why };
  const choice = element.querySelector(KINDS.choice);
  return choice ? aim(choice, "choice of the row", text) : aim(element, "row", text);
}

function text() {
  return words(document.body.innerText);
}

function is(kind, name) {
  const { element, why } = only(all(kind, name), kind, name);
  if (why) return { why };
  const checked = element.checked ?? element.getAttribute("aria-checked") === "true";
  return { off: Boolean(off(element)), checked: Boolean(checked), value: element.value ?? words(element.innerText) };
}

// The names of checkboxes that are there and not ticked.
function unticked(beginning) {
  return [...document.querySelectorAll("input[type=checkbox]")]
    .filter((box) => box.getClientRects().length > 0 && !box.checked && !off(box))
    .flatMap((box) => names(box).filter((name) => name.startsWith(beginning)).slice(0, 1));
}

function count(kind, name) {
  return all(kind, name).length;
}

// Still: the fonts and pictures are there, and nothing moves but what moves for ever (a spinner).
function still(height) {
  if (height && innerHeight !== Number(height)) return { why: `the window is ${innerHeight} high, not ${height}` };
  if (document.readyState !== "complete" || document.fonts.status !== "loaded") return { why: "the page is loading" };
  if ([...document.images].some((image) => !image.complete)) return { why: "an image is loading" };
  const moving = document.getAnimations().filter((animation) => {
    const { iterations } = animation.effect?.getComputedTiming() ?? {};
    return animation.playState === "running" && iterations !== Infinity;
  });
  return moving.length ? { why: `${moving.length} animations are running` } : {};
}

function toTop() {
  scrollTo({ top: 0, behavior: "instant" });
  return document.documentElement.scrollHeight;
}

function prefersDark() {
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

// Remembers what the page would write to its console as an error. Violations of the content
// security policy are kept by the browser from the start; the others from now on.
function watch() {
  const problems = (window.pipelinkProblems ??= []);
  const note = (kind, what) => {
    // Says that a size is looked at again in the next frame: no fault, and reported as an error all the same.
    if (!String(what).startsWith("ResizeObserver loop")) problems.push(`${kind}: ${what}`);
  };
  addEventListener("error", (event) => note("error", event.message ?? event.target?.src ?? "unknown"), true);
  addEventListener("unhandledrejection", (event) => note("unhandled rejection", event.reason?.stack ?? event.reason));
  addEventListener("securitypolicyviolation", (event) =>
    note("content security policy", `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ""}:${event.lineNumber ?? ""}`),
  );
  if (window.ReportingObserver) {
    new ReportingObserver((reports) => reports.forEach((report) => note(report.type, JSON.stringify(report.body))), {
      buffered: true,
    }).observe();
  }
  const complain = console.error;
  console.error = (...parts) => {
    note("console.error", parts.map((part) => part?.stack ?? String(part)).join(" "));
    complain.apply(console, parts);
  };
}

function problems() {
  return window.pipelinkProblems ?? [];
}

// --- the keyboard's focus ---

function letGo() {
  document.activeElement?.blur();
}

function described(element) {
  if (!element || element === document.body || element === document.documentElement) return "nothing";
  const name = names(element)[0] ?? "without a name";
  const kind = Object.keys(KINDS).find((each) => element.matches(KINDS[each])) ?? element.localName;
  return `${kind} "${name.slice(0, 60)}"`;
}

function focused() {
  const element = document.activeElement;
  return { lost: !element || element === document.body || element === document.documentElement, words: described(element) };
}

// Whether the focus is on the one thing of this kind and name.
function stop(kind, name) {
  const element = document.activeElement;
  return { there: all(kind, name).includes(element), words: described(element) };
}

// Whether the focus is on a radio button of the group of this one.
function inGroup(name) {
  const group = all("choice", name)[0]?.name;
  const element = document.activeElement;
  return Boolean(group) && element?.type === "radio" && element.name === group;
}

// Whether a radio button comes after the one with the focus.
function isBelow(name) {
  const wanted = all("choice", name)[0];
  return Boolean(wanted && document.activeElement.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_FOLLOWING);
}

// Whether the option that the arrows have come to, in a list that keeps the focus itself, begins so.
function isHighlighted(beginning) {
  const id = document.activeElement?.getAttribute("aria-activedescendant");
  return words((id && document.getElementById(id)?.innerText) ?? "").startsWith(beginning);
}

// How the element and what is drawn about as large as it look: a ring of focus is on one of them.
function look(element) {
  const own = element.getBoundingClientRect();
  const near = (other) => {
    const box = other.getBoundingClientRect();
    const around = box.left < own.right + 8 && box.right > own.left - 8 && box.top < own.bottom + 8 && box.bottom > own.top - 8;
    return around && box.width <= own.width + 48 && box.height <= own.height + 48;
  };
  let top = element;
  for (let steps = 0; steps < 3 && top.parentElement && near(top.parentElement); steps += 1) top = top.parentElement;
  const drawn = [...new Set([top, ...top.querySelectorAll("*"), element])].filter(near).slice(0, 60);
  return drawn
    .flatMap((each) => ["", "::before", "::after"].map((part) => getComputedStyle(each, part || null)))
    .map((style) =>
      [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.borderColor, style.backgroundColor, style.content].join(),
    )
    .join("|");
}

// Before the focus goes on: how the element looks that has it, and whether it is in sight. A heading that was given
// the focus for screen readers is no stop: Tab never comes to it.
function leaving() {
  const element = document.activeElement;
  if (focused().lost || element.tabIndex < 0) {
    window.pipelinkFocus = null;
    return {};
  }
  const box = element.getBoundingClientRect();
  const inSight = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  if (!inSight) return { why: `it is out of sight: ${described(element)}` };
  window.pipelinkFocus = { element, look: look(element), words: described(element) };
  return {};
}

// After it has gone on: the element has to look different without it.
function left() {
  const before = window.pipelinkFocus;
  if (!before || !before.element.isConnected || before.element === document.activeElement) return {};
  // The ring goes only after the page has been told.
  if (look(before.element) === before.look) return { why: `the focus was not to be seen: ${before.words}` };
  return {};
}

// --- room ---

const room = () => innerWidth;

function turn(direction) {
  document.documentElement.dir = direction;
}

// What sticks out of the page sideways, if the page can be moved sideways at all.
function sideways() {
  const page = document.documentElement;
  const wide = page.clientWidth;
  if (page.scrollWidth <= wide) return [];
  const sticking = [...document.body.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && visible(element) && box.right > wide + 1 && !scrolls(element.parentElement);
  });
  return [`the page is ${page.scrollWidth} wide in ${wide}`, ...sticking.slice(0, 8).map((each) => each.outerHTML.slice(0, 160))];
}

// Whether something between the element and the page scrolls or cuts by itself.
function scrolls(element) {
  for (let each = element; each && each !== document.body; each = each.parentElement) {
    if (getComputedStyle(each).overflowX !== "visible") return true;
  }
  return false;
}

// Text that is cut off: wider or higher than the box that hides the rest of it.
function cut() {
  return [...document.body.querySelectorAll("*")]
    .filter((element) => {
      const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && words(node.data) !== "");
      if (!own || !visible(element)) return false;
      for (let each = element; each && each !== document.body; each = each.parentElement) {
        const style = getComputedStyle(each);
        if (style.position === "fixed") break;
        const hides = (way) => way === "hidden" || way === "clip";
        const box = each.getBoundingClientRect();
        // Kept for screen readers only.
        if (box.width <= 2 || box.height <= 2) return false;
        const range = document.createRange();
        range.selectNodeContents(element);
        const text = range.getBoundingClientRect();
        if (hides(style.overflowX) && (text.right > box.right + 2 || text.left < box.left - 2)) return true;
        if (hides(style.overflowY) && (text.bottom > box.bottom + 4 || text.top < box.top - 4)) return true;
        if (style.overflowX !== "visible" || style.overflowY !== "visible") break;
      }
      return false;
    })
    .map((element) => `cut off: "${words(element.innerText).slice(0, 80)}" in ${element.outerHTML.slice(0, 120)}`);
}

// Buttons, links and fields that a click does not reach, wherever the page is scrolled to.
function unreached() {
  const place = scrollY;
  const found = [...document.querySelectorAll(`${KINDS.button}, ${KINDS.link}, ${KINDS.choice}, ${KINDS.field}`)].filter(
    (element) => (element.matches(KINDS.choice) ? element.getClientRects().length > 0 : visible(element)),
  );
  const dialog = found.some((element) => element.closest("[role=dialog]"));
  const missed = found
    .filter((element) => !off(element) && (!dialog || element.closest("[role=dialog]")))
    .filter((element) => !element.matches(".pipelink-topbar-skip"))
    .filter((element) => pointOf(element, "", "").why)
    .map((element) => `cannot be clicked: ${described(element)}`);
  scrollTo({ top: place, behavior: "instant" });
  return missed;
}

// --- the content security policy ---

// Does what the policy forbids. The answer says whether it took effect at once.
function provoke(what) {
  const body = document.body;
  switch (what) {
    case "inline style": {
      const part = document.createElement("p");
      part.setAttribute("style", "display: none");
      body.append(part);
      return getComputedStyle(part).display === "none";
    }
    case "inline script": {
      const script = document.createElement("script");
      script.textContent = "window.pipelinkProvoked = true;";
      body.append(script);
      return window.pipelinkProvoked === true;
    }
    case "eval":
      try {
        return setTimeout.constructor("return true")();
      } catch {
        return false;
      }
    case "remote picture": {
      const picture = new Image();
      picture.src = "http://127.0.0.1:9/picture.png";
      return false;
    }
    default:
      fetch("http://127.0.0.1:9/").catch(() => undefined);
      return false;
  }
}

// When a mark of the page's own was set, in milliseconds since 1970; null before that.
function marked(name) {
  const mark = performance.getEntriesByName(name, "mark")[0];
  return mark ? performance.timeOrigin + mark.startTime : null;
}

// The same clock, now.
const now = () => performance.timeOrigin + performance.now();
