import { ConflictError } from "@dryharbor/sdk";
import { test } from "@dryharbor/simulator/vitest";
import { describe, expect, vi } from "vitest";
import { startShop } from "../shop.js";

test("the web server finds the database by its name", async ({ engine }) => {
  await startShop(engine);
  const answer = await engine.dns.resolve("web", { name: "db" });
  expect(answer).toEqual({ status: "found", records: ["172.18.0.2"] });
});

test("customers reach the web server, and not the database", async ({ engine, simulator }) => {
  await startShop(engine);
  // As on a real engine, a server listens a moment after its container has started.
  const page = await vi.waitFor(() => simulator.host.fetch("http://localhost:8080/"), 10_000);
  expect(await page.text()).toContain("Welcome to nginx!");
  expect(simulator.host.published.map(({ port }) => port)).not.toContain(6379);
});

test("a second shop is refused, in the engine's own words", async ({ engine }) => {
  await startShop(engine);
  const second = startShop(engine);
  await expect(second).rejects.toThrow(ConflictError);
  await expect(second).rejects.toThrow("network with name shop already exists");
});

describe("on an old engine", () => {
  test.override({ simulatorOptions: { release: "20.10" } });

  test("the shop starts, too", async ({ engine }) => {
    await startShop(engine);
    expect((await engine.system.version()).Version).toBe("20.10.24");
    expect(await engine.containers.list()).toHaveLength(2);
  });
});
