// Finds the route of a request by its method and path. `handle.ts` makes one router per release from
// `routesOf`.

import type { Route } from "./route.js";

/** A route that fits a request, with the variable parts of the path. */
export interface Match {
  readonly route: Route;
  readonly variables: Readonly<Record<string, string>>;
}

/** Returns the first route in the table that fits, or `undefined`. */
export type Router = (method: string, path: string) => Match | undefined;

interface Compiled {
  readonly route: Route;
  readonly pattern: RegExp;
}

/** Makes the router for these routes. */
export function router(routes: readonly Route[]): Router {
  // Routes by method and first segment, which never varies. This leaves a few of a hundred routes to try.
  const table = new Map<string, Compiled[]>();
  for (const route of routes) {
    const key = `${route.method} ${firstSegment(route.path)}`;
    const compiled = { route, pattern: patternOf(route.path) };
    const others = table.get(key);
    if (others) others.push(compiled);
    else table.set(key, [compiled]);
  }
  return (method, path) => {
    for (const { route, pattern } of table.get(`${method} ${firstSegment(path)}`) ?? []) {
      const found = pattern.exec(path);
      if (found) return { route, variables: found.groups ?? {} };
    }
    return undefined;
  };
}

function firstSegment(path: string): string {
  const end = path.indexOf("/", 1);
  return end < 0 ? path : path.slice(0, end);
}

/** Compiles a path. `{name}` matches one segment, `{name:.*}` anything on one line. */
function patternOf(path: string): RegExp {
  const source = path
    .split(/(\{[^}]+\})/)
    .map((part) => {
      const [, name, pattern = "[^/]+"] = /^\{(\w+)(?::(.*))?\}$/.exec(part) ?? [];
      return name === undefined
        ? part.replace(/[.+*?^$()|[\]\\]/g, "\\$&")
        : `(?<${name}>${pattern.replace(".", "[^\\n]")})`;
    })
    .join("");
  return new RegExp(`^${source}$`, "s");
}
