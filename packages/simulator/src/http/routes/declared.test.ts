import { everyCall, undeclaredRoutes } from "@dryharbor/sdk/calls";
import { describe, expect, it } from "vitest";
import { releaseNames } from "../../core/releases/row.js";
import { engineRoutes } from "./engine.js";
import { servedRoutes, unservedRoutes } from "./table.js";
import { routeName } from "./unserved.js";

/** Returns a route without the names of its variables, since the port names them for people. */
function anonymous(route: string): string {
  return route.replaceAll(/\{[^}]*\}/g, "{}");
}

const declared = new Set(everyCall.map(({ call }) => anonymous(call.route)));
const listed = undeclaredRoutes.flatMap(({ routes }) => routes);
const ofEngines = new Set(releaseNames.flatMap((name) => [...engineRoutes[name].values()].map(routeName)));

describe("each route that an engine has", () => {
  it.each([...ofEngines])("%s is declared, or listed once with the reason why not", (route) => {
    const times = listed.filter((one) => one === route).length;
    expect(times).toBe(declared.has(anonymous(route)) ? 0 : 1);
  });

  it("is all that is listed", () => {
    expect(listed.filter((route) => !ofEngines.has(route))).toEqual([]);
  });
});

describe("each declared call", () => {
  const served = new Set(servedRoutes.map((route) => anonymous(routeName(route))));
  const unserved = new Set(releaseNames.flatMap((name) => unservedRoutes(name)).map(anonymous));

  it.each(everyCall)("$name has a route that the simulator serves, or says that it does not", ({ call }) => {
    const route = anonymous(call.route);
    expect([...ofEngines].map(anonymous)).toContain(route);
    expect(served.has(route) || unserved.has(route)).toBe(true);
  });
});
