import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulator, type Simulator, type Snapshot } from "@dryharbor/simulator";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startShop } from "../shop.js";

// The shop is started once, and each test goes on from there, apart from the others.

let started: Simulator;
beforeAll(async () => {
  started = createSimulator();
  await startShop(started.engine);
});
afterAll(() => started.close());

test("a fork goes on from the state of now", async () => {
  await using fork = await started.fork();
  await fork.engine.containers.remove("db", { force: true });
  expect((await fork.engine.dns.resolve("web", { name: "db" })).status).toBe("no-such-name");
});

test("and nobody else sees what was done there", async () => {
  await using fork = await started.fork();
  expect((await fork.engine.dns.resolve("web", { name: "db" })).status).toBe("found");
});

test("a snapshot is plain JSON, to be kept in a file", async () => {
  const directory = await mkdtemp(join(tmpdir(), "shop-"));
  const file = join(directory, "shop.json");
  await writeFile(file, JSON.stringify(started.snapshot()));

  const snapshot = JSON.parse(await readFile(file, "utf8")) as Snapshot;
  await using later = createSimulator({ snapshot });
  const { Id } = await started.engine.networks.inspect("shop");
  expect((await later.engine.networks.inspect("shop")).Id).toBe(Id);
  // The programs of its containers start again.
  const page = await vi.waitFor(() => later.host.fetch("http://localhost:8080/"), 10_000);
  expect(await page.text()).toContain("Welcome to nginx!");
  await rm(directory, { recursive: true });
});
