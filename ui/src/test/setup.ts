// What jsdom lacks and the components need; and a clean page after each test.
import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

// The first test of a file also loads its page.
configure({ asyncUtilTimeout: 5000 });

beforeEach(() => {
  window.innerWidth = 1280;
  window.location.hash = "";
  document.title = "";
});

afterEach(() => {
  cleanup();
  document.body.className = "";
});

vi.stubGlobal(
  "matchMedia",
  (query: string): MediaQueryList =>
    ({
      matches: false,
      media: query,
      onchange: null,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
      addListener: () => undefined,
      removeListener: () => undefined,
      dispatchEvent: () => false,
    }) as MediaQueryList,
);

class NoResizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
vi.stubGlobal("ResizeObserver", NoResizeObserver);

Element.prototype.scrollIntoView ??= () => undefined;
window.scrollTo = () => undefined;
