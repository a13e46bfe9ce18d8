import type { Route } from "./route.js";

/** The route of a request, and the variable parts of its path. */
export interface Match {
  readonly route: Route;
  readonly variables: Readonly<Record<string, string>>;
}

/** Finds the route of a request: the first in the table that fits. */
export type Router = (method: string, path: string) => Match | undefined;

interface Compiled {
  readonly route: Route;
  readonly pattern: RegExp;
}

export function router(routes: readonly Route[]): Router {
  // By method and first segment, which is never variable: of some hundred routes a few are left to try.
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

/** `{name}` is one segment, `{name:.*}` anything on one line. */
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
