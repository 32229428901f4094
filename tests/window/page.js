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

// A point of the element that a click would really reach.
function pointOf(element, kind, name) {
  if (off(element)) return { why: `the ${kind} "${name}" is switched off` };
  const choice = element.matches(KINDS.choice);
  const targets = choice ? [element.closest("label"), ...(element.labels ?? []), element].filter(Boolean) : [element];
  targets[0].scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
  for (const target of targets) {
    const box = target.getClientRects()[0];
    if (!box) continue;
    const x = box.left + Math.min(box.width / 2, choice ? 12 : box.width);
    const y = box.top + box.height / 2;
    const hit = document.elementFromPoint(x, y);
    if (hit && (target.contains(hit) || element.contains(hit) || (hit.closest("label")?.contains(element) ?? false))) {
      return { x: Math.round(x), y: Math.round(y) };
    }
  }
  return { why: `something lies over the ${kind} "${name}"` };
}

// --- called from Rust ---

function point(kind, name) {
  const found = all(kind, name);
  // Of several, those count that a click reaches: a dialog's Cancel, not the page's that it covers.
  const reached = found.length > 1 ? found.filter((element) => !pointOf(element, kind, name).why) : found;
  const { element, why } = only(reached, kind, name);
  return why ? { why } : pointOf(element, kind, name);
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
  return choice ? pointOf(choice, "choice of the row", text) : pointOf(element, "row", text);
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
  const note = (kind, what) => problems.push(`${kind}: ${what}`);
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

// When a mark of the page's own was set, in milliseconds since 1970; null before that.
function marked(name) {
  const mark = performance.getEntriesByName(name, "mark")[0];
  return mark ? performance.timeOrigin + mark.startTime : null;
}

// The same clock, now.
const now = () => performance.timeOrigin + performance.now();
