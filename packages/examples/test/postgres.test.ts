import { collectOutput, type Engine } from "@dryharbor/sdk";
import type { Program } from "@dryharbor/simulator";
import { createSimulator } from "@dryharbor/simulator";
import { serve } from "@dryharbor/simulator/node";
import { Client } from "pg";
import { expect, it } from "vitest";
import { postgresImage } from "../src/postgres/postgres.js";
import { SimulatedSocket } from "../src/postgres/socket.js";

/** A program that asks the database that it finds under the name `db`. */
const shop: Program = async (process) => {
  const client = new Client({
    host: "db",
    user: "postgres",
    database: "postgres",
    stream: () => new SimulatedSocket(process),
  });
  await client.connect();
  const { rows } = await client.query("select sum(price)::int as total from item where price > $1", [10]);
  process.stdout(`${JSON.stringify(rows)}\n`);
  await client.end();
  return 0;
};

async function ready(engine: Engine, name: string): Promise<void> {
  for await (const { data } of await engine.containers.logs(name, { follow: true, stderr: true })) {
    if (new TextDecoder().decode(data).includes("ready to accept connections")) return;
  }
}

// WebAssembly compiles, and PostgreSQL makes its first database: that takes seconds on a busy machine.
it("is a real PostgreSQL in a simulated container", { timeout: 180_000 }, async () => {
  await using simulator = createSimulator({ images: { postgres: postgresImage, shop: { program: shop } } });
  const { engine } = simulator;
  const served = await serve(simulator, { host: "tcp://127.0.0.1:0", publish: true });
  await engine.networks.create({ Name: "backend" });
  await engine.containers.create(
    {
      Image: "postgres",
      ExposedPorts: { "5432/tcp": {} },
      HostConfig: {
        NetworkMode: "backend",
        PortBindings: { "5432/tcp": [{ HostIp: "127.0.0.1", HostPort: "0" }] },
      },
    },
    { name: "db" },
  );
  await engine.containers.start("db");
  await ready(engine, "db");
  const { NetworkSettings } = await engine.containers.inspect("db");
  const port = Number(NetworkSettings.Ports["5432/tcp"]?.[0]?.HostPort);

  // From this machine, through the published port.
  const connect = async (): Promise<Client> => {
    const client = new Client({ host: "127.0.0.1", port, user: "postgres", database: "postgres" });
    await client.connect();
    return client;
  };
  const client = await connect();
  await client.query("create table item (name text, price int)");
  await client.query("insert into item values ('net', 12), ('rope', 30), ('hook', $1)", [3]);
  await expect(client.query("copy item from stdin")).rejects.toMatchObject({ code: "0A000" });
  await expect(client.query("select nope")).rejects.toMatchObject({ code: "42703" });

  // From another container, by its name.
  await engine.containers.create({ Image: "shop", HostConfig: { NetworkMode: "backend" } }, { name: "shop" });
  await engine.containers.start("shop");
  await engine.containers.wait("shop");
  expect((await collectOutput(await engine.containers.logs("shop"))).stdout).toBe('[{"total":42}]\n');

  // Nobody sees a transaction of another client, and one that breaks off leaves nothing.
  const other = await connect();
  await client.query("begin");
  await client.query("update item set price = 100");
  const seen = other.query("select max(price)::int as most from item");
  await client.query("rollback");
  expect((await seen).rows).toEqual([{ most: 30 }]);
  await client.query("begin");
  await client.query("delete from item");
  await client.end();
  expect((await other.query("select count(*)::int as items from item")).rows).toEqual([{ items: 3 }]);
  await other.end();

  await engine.containers.stop("db");
  const { State } = await engine.containers.inspect("db");
  expect(State).toMatchObject({ Status: "exited", ExitCode: 0 });
  expect((await collectOutput(await engine.containers.logs("db"))).stderr).toMatch(
    /LOG: {2}received fast shutdown request\n.* LOG: {2}database system is shut down\n$/,
  );
  await served.close();
});
