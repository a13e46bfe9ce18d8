import { unservedError } from "../../engine/unserved.js";
import type { Method, Route } from "../route.js";

/** A route that a real engine has and the simulator does not: answered 501, with its name. */
export function unservedRoute(route: Named): Route {
  const answer = () => {
    throw unservedError(routeName(route));
  };
  return { ...route, answer, readsQuery: false };
}

interface Named {
  readonly method: Method;
  readonly path: string;
}

/** For people: `GET /distribution/{name}/json`. */
export function routeName({ method, path }: Named): string {
  return `${method} ${path.replace(/:[^}]*/g, "")}`;
}
