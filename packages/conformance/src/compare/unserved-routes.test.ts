import { createSimulator, releaseNames, type Simulator } from "@dryharbor/simulator";
import { unservedRoutes as unserved } from "@dryharbor/simulator/node";
import { expect, it } from "vitest";
import { toSimulator } from "../../lab/bytes/simulated.js";
import { unservedRoutes } from "./exclusions.js";

async function send(simulator: Simulator, method: string, target: string, text: string) {
  const headers = { Host: "d", "Content-Type": "application/json" };
  const { status, body } = await toSimulator(simulator)({ method, target, headers, body: text });
  return { status, body };
}
it.each(unservedRoutes)("%s is answered with its name", async (route) => {
  const [method = "", path = ""] = route.split(" ");
  const simulator = createSimulator();
  if (path.startsWith("/services")) await send(simulator, "POST", "/swarm/init", '{"ListenAddr":"0.0.0.0"}');
  const target = path.replace(/\{\w+\}/, "x");
  // The body is valid, because an invalid one would be refused as on an engine.
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
