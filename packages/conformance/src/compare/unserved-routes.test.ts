import { createSimulator, releaseNames, unservedRoutes as unserved } from "@dryharbor/simulator";
import { expect, it } from "vitest";
import { unservedRoutes } from "./exclusions.js";

it.each(unservedRoutes)("%s is answered with its name", async (route) => {
  const [method = "", path = ""] = route.split(" ");
  const { status, body } = await createSimulator().handle({
    method,
    target: path.replace(/\{\w+\}/, "x"),
    headers: { host: "d" },
    body: { length: 0, async *[Symbol.asyncIterator]() {} },
    signal: new AbortController().signal,
  });
  expect({ status, body }).toEqual({
    status: 501,
    body: `{"message":"the simulator does not serve ${route}"}\n`,
  });
});

it("is the list of all such routes", () => {
  const missing = releaseNames
    .flatMap((name) => unserved(name))
    .filter((one) => !unservedRoutes.includes(one));
  expect(missing).toEqual([]);
});
