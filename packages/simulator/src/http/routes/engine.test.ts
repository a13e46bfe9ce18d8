import { describe, expect, it } from "vitest";
import { releaseNames } from "../../core/releases/row.js";
import { createSimulator } from "../../simulator.js";
import { noBody } from "../message.js";
import { engineRoutes, routeKey } from "./engine.js";
import { servedRoutes } from "./table.js";

describe("the table of routes", () => {
  it("has no route that no engine has, and none twice", () => {
    const keys = servedRoutes.map(routeKey);
    const all = new Set(releaseNames.flatMap((name) => [...engineRoutes[name].keys()]));
    expect(keys.filter((key) => !all.has(key))).toEqual([]);
    expect(keys.filter((key, at) => keys.indexOf(key) < at)).toEqual([]);
  });
});

describe.each(releaseNames)("every route of %s", (release) => {
  const { handle } = createSimulator({ release });
  const ask = async (method: string, target: string) => {
    const signal = new AbortController().signal;
    return handle({ method, target, headers: { host: "d" }, body: noBody, signal });
  };

  it.each([...engineRoutes[release].values()])("$method $path is there", async ({ method, path }) => {
    const { body } = await ask(method, path.replaceAll(/\{[^}]+\}/g, "x"));
    expect(body).not.toBe('{"message":"page not found"}\n');
  });

  it("and no other is", async () => {
    const others = releaseNames.flatMap((name) => [...engineRoutes[name].values()]);
    for (const { method, path } of others) {
      if (engineRoutes[release].has(routeKey({ method, path }))) continue;
      const { status, body } = await ask(method, path.replaceAll(/\{[^}]+\}/g, "x"));
      expect({ status, body }).toEqual({ status: 404, body: '{"message":"page not found"}\n' });
    }
  });
});
