import { unservedError } from "../../engine/unserved.js";
import type { Method, Route } from "../route.js";

/**
 * Makes the route for one that a real engine has and the simulator does not: it answers 501 with its name.
 */
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

/** Returns the route's name for messages, such as `GET /distribution/{name}/json`. */
export function routeName({ method, path }: Named): string {
  return `${method} ${path.replace(/:[^}]*/g, "")}`;
}
