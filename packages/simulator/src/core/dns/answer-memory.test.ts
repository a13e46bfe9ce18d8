import { decodeMessage, encodeMessage, standardQuery } from "@dryharbor/kernel/dns-message";
import { describe, expect, it } from "vitest";
import { createSimulator, type Upstream } from "../../index.js";

describe("the embedded DNS, asked the same again", () => {
  it("answers with the id of each query", async () => {
    const { ask } = await harbour();
    expect([7, 8, 7].map((id) => ask("db", id)?.id)).toEqual([7, 8, 7]);
  });

  it("tells at once what has changed", async () => {
    const { ask, engine } = await harbour();
    const address = ask("db");
    expect(address?.answers).toHaveLength(1);
    expect(ask("db")).toEqual(address);
    await engine.containers.rename("db", "store");
    expect(ask("db")?.answers).toEqual([]);
    expect(ask("store")?.answers).toHaveLength(1);
    await engine.networks.disconnect("net", { Container: "store" });
    expect(ask("store")?.answers).toEqual([]);
    await engine.networks.connect("net", { Container: "store", EndpointConfig: { Aliases: ["db"] } });
    expect(ask("db")?.answers).toHaveLength(1);
    await engine.containers.stop("store", { t: 0 });
    expect(ask("db")?.answers).toEqual([]);
  });

  it("gives several addresses in different orders", async () => {
    const { ask, run } = await harbour();
    for (const name of ["one", "two", "three"]) await run(name, ["many"]);
    const orders = Array.from({ length: 30 }, () => JSON.stringify(ask("many")?.answers));
    expect(new Set(orders).size).toBeGreaterThan(1);
  });
});

async function harbour() {
  const simulator = createSimulator();
  const { engine } = simulator;
  await engine.networks.create({ Name: "net" });
  const run = async (name: string, Aliases: string[] = []): Promise<void> => {
    await engine.containers.create(
      {
        Image: "busybox",
        Cmd: ["sleep", "1000"],
        HostConfig: { NetworkMode: "net" },
        NetworkingConfig: { EndpointsConfig: { net: { Aliases } } },
      },
      { name },
    );
    await engine.containers.start(name);
  };
  await run("web");
  await run("db");
  const resolve = await simulator.resolver("web");
  const ask = (name: string, id = 1) => {
    const reply = resolve(encodeMessage(standardQuery(name, "A", id)));
    return reply && decodeMessage(reply.message);
  };
  return { ask, engine, run };
}

it("takes as long to say that nobody outside answers each time that it is asked", async () => {
  const silent: Upstream = { ask: () => "silent", reaches: () => "silent" };
  const simulator = createSimulator({ upstream: silent });
  const { containers, networks } = simulator.engine;
  await networks.create({ Name: "net" });
  const request = { Image: "busybox", Cmd: ["sleep", "1000"], HostConfig: { NetworkMode: "net" } };
  await containers.create(request, { name: "web" });
  await containers.start("web");
  const resolve = await simulator.resolver("web");
  const query = encodeMessage(standardQuery("elsewhere.test", "A", 1));
  const first = resolve(query)?.after;
  expect(first).toBeGreaterThan(0);
  expect(resolve(query)?.after).toBe(first);
});
