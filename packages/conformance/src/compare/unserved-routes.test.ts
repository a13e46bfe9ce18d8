import {
  createSimulator,
  releaseNames,
  type Simulator,
  unservedRoutes as unserved,
} from "@dryharbor/simulator";
import { expect, it } from "vitest";
import { unservedRoutes } from "./exclusions.js";

async function send({ handle }: Simulator, method: string, target: string, body: string) {
  const bytes = new TextEncoder().encode(body);
  const { status, body: answer } = await handle({
    method,
    target,
    headers: { host: "d", "content-type": "application/json" },
    body: {
      length: bytes.length,
      async *[Symbol.asyncIterator]() {
        yield bytes;
      },
    },
    signal: new AbortController().signal,
  });
  return { status, body: answer };
}

it.each(unservedRoutes)("%s is answered with its name", async (route) => {
  const [method = "", path = ""] = route.split(" ");
  const simulator = createSimulator();
  if (path.startsWith("/services")) await send(simulator, "POST", "/swarm/init", '{"ListenAddr":"0.0.0.0"}');
  const target = path.replace(/\{\w+\}/, "x");
  // A service that cannot be is refused as on an engine.
  const body = path.startsWith("/services") ? '{"TaskTemplate":{"ContainerSpec":{"Image":"busybox"}}}' : "{}";
  expect(await send(simulator, method, target, body)).toEqual({
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
