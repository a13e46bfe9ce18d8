import { type Engine, run } from "@dryharbor/sdk";

/** Starts a shop on an engine: a database that stays inside, and a web server that customers reach. */
export async function startShop(engine: Engine): Promise<void> {
  await engine.networks.create({ Name: "shop" });
  const database = { Image: "redis", HostConfig: { NetworkMode: "shop" } };
  const web = {
    Image: "nginx",
    ExposedPorts: { "80/tcp": {} },
    HostConfig: { NetworkMode: "shop", PortBindings: { "80/tcp": [{ HostPort: "8080" }] } },
  };
  await run(engine, database, { name: "db", detach: true, pull: "missing" });
  await run(engine, web, { name: "web", detach: true, pull: "missing" });
}
