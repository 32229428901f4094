// Shows the pages in an ordinary browser with the fake client, to look at them. Not part of the built window:
// only preview.html names this file, and only vite.preview.config.ts builds that.
// Address: preview.html?state=NAME&theme=dark&dir=rtl&click=BUTTON#/endpoints
// The theme is what the system says; each `click` presses what has that text or label, one after the other.
import { createRoot } from "react-dom/client";

import { Window } from "../frame/Window";
import { change, keepDraftOf } from "../setup/draft";
import { fakeClient } from "./fakeClient";
import { sandboxAccount } from "./fixtures";
import { SETUP_STATES } from "./previewSetup";
import { PAGE_STATES } from "./previewStates";

const asked = new URLSearchParams(window.location.search);
const states = { ...SETUP_STATES, ...PAGE_STATES };
const { answers, options, draft } = states[asked.get("state") ?? "usual"] ?? {};
if (draft) {
  keepDraftOf(options?.current ?? sandboxAccount);
  change(draft);
}

const system = window.matchMedia.bind(window);
window.matchMedia = (query) => {
  const answer = system(query);
  if (!query.includes("prefers-color-scheme")) return answer;
  return new Proxy(answer, {
    get: (target, name) => {
      if (name === "matches") return asked.get("theme") === "dark";
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
};
document.documentElement.dir = asked.get("dir") ?? "ltr";

const root = document.getElementById("root");
if (root) createRoot(root).render(<Window client={fakeClient(answers, options)} />);
void press(asked.getAll("click"));

async function press(names: readonly string[]): Promise<void> {
  for (const name of names) {
    for (;;) {
      await new Promise((next) => setTimeout(next, 100));
      const found = [...document.querySelectorAll<HTMLElement>("button, a, [role=menuitem], [role=tab], input")].find(
        (element) => element.getAttribute("aria-label") === name || element.textContent?.trim() === name,
      );
      if (!found) continue;
      found.click();
      break;
    }
  }
}
