import { engineError } from "@dryharbor/sdk/port";
import { get, type Method, post, type Route } from "../route.js";

/** What a real engine has and the simulator does not: answered 501, with a name. */
const unserved: readonly (readonly [method: "GET" | "POST", path: string])[] = [
  ["POST", "/build"],
  ["POST", "/session"],
  ["POST", "/grpc"],
  ["GET", "/plugins/privileges"],
  ["POST", "/plugins/pull"],
  ["POST", "/plugins/create"],
  ["POST", "/plugins/{name:.*}/enable"],
  ["POST", "/plugins/{name:.*}/push"],
  ["POST", "/plugins/{name:.*}/upgrade"],
  ["POST", "/plugins/{name:.*}/set"],
];

export const unservedRoutes: readonly Route[] = unserved.map(([method, path]) =>
  (method === "GET" ? get : post)(path, () => {
    throw unservedError(`${method satisfies Method} ${path.replace(/:\.\*/g, "")}`);
  }),
);

export function unservedError(route: string): Error {
  return engineError(501, `the simulator does not serve ${route}`);
}
