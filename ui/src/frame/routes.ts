// The addresses of the pages: a typed hash, so that going back, links and reloading work without a server.
import { useSyncExternalStore } from "react";

export type Route =
  | { page: "start" }
  | { page: "accounts" }
  | { page: "endpoints" }
  | { page: "endpoint"; endpoint: string }
  | { page: "setup" }
  | { page: "runs" }
  | { page: "run"; run: string }
  | { page: "settings" }
  /** The panel of the sandbox. */
  | { page: "sandbox" };

/** The hash of a page. */
export function hrefOf(route: Route): string {
  switch (route.page) {
    case "start":
      return "#/";
    case "endpoint":
      return `#/endpoints/${encodeURIComponent(route.endpoint)}`;
    case "run":
      return `#/runs/${encodeURIComponent(route.run)}`;
    default:
      return `#/${route.page}`;
  }
}

/** The page of a hash; an unknown one leads to the start, which knows where to go. */
export function routeOf(hash: string): Route {
  const [page = "", ...rest] = hash.replace(/^#\/?/, "").split("/");
  const detail = decoded(rest.join("/"));
  switch (page) {
    case "endpoints":
      return detail ? { page: "endpoint", endpoint: detail } : { page: "endpoints" };
    case "runs":
      return detail ? { page: "run", run: detail } : { page: "runs" };
    case "accounts":
    case "setup":
    case "settings":
    case "sandbox":
      return { page };
    default:
      return { page: "start" };
  }
}

/** Goes to a page. */
export function navigate(route: Route): void {
  window.location.hash = hrefOf(route);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** The page in the window's address, kept current. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return routeOf(hash);
}
