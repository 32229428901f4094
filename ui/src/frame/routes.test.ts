import { describe, expect, it } from "vitest";

import { hrefOf, routeOf, type Route } from "./routes";

const ROUTES: Route[] = [
  { page: "start" },
  { page: "accounts" },
  { page: "endpoints" },
  { page: "endpoint", endpoint: "5a1d7c3e/odd #?%" },
  { page: "setup" },
  { page: "runs" },
  { page: "run", run: "0199c1aa-5d10-7c3e-9a44-2b7f1e6d8c05" },
  { page: "settings" },
  { page: "sandbox" },
];

describe("an address", () => {
  it.each(ROUTES)("leads back to its page: $page", (route) => {
    expect(routeOf(hrefOf(route))).toEqual(route);
  });

  it("that nobody wrote leads to the start", () => {
    expect(routeOf("")).toEqual({ page: "start" });
    expect(routeOf("#/nothing/here")).toEqual({ page: "start" });
    expect(routeOf("#/runs/%E0%A4%A")).toEqual({ page: "runs" });
  });
});
