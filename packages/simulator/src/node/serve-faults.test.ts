import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Docker from "dockerode";
import { describe, expect, it } from "vitest";
import { createSimulator, type Simulator } from "../simulator.js";
import { serve } from "./serve.js";

const run = promisify(execFile);

/** The docker command, where this machine has one. */
const docker = ["/usr/bin/docker", "/usr/local/bin/docker"].find(existsSync);

async function served(
  test: (parts: {
    readonly simulator: Simulator;
    readonly client: Docker;
    readonly socketPath: string;
    /** Runs the docker command. Returns what it prints, on both streams. */
    readonly cli: (...args: string[]) => Promise<{ text: string; failed: boolean }>;
  }) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "dryharbor-"));
  const socketPath = join(folder, "docker.sock");
  try {
    await using simulator = createSimulator();
    const server = await serve(simulator, { host: `unix://${socketPath}` });
    await test({
      simulator,
      client: new Docker({ socketPath }),
      socketPath,
      async cli(...args) {
        const env = { ...process.env, DOCKER_HOST: `unix://${socketPath}`, DOCKER_CONFIG: folder };
        try {
          const { stdout, stderr } = await run(docker!, args, { env, timeout: 20_000 });
          return { text: stdout + stderr, failed: false };
        } catch (error) {
          const { stdout, stderr } = error as { stdout: string; stderr: string };
          return { text: stdout + stderr, failed: true };
        }
      },
    });
    await server.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe("faults as real clients see them", () => {
  it("dockerode: a refusal, a dropped connection, a broken body", () =>
    served(async ({ simulator, client, socketPath }) => {
      const { faults } = simulator;
      await faults.add({ call: "networks.create", times: 1, error: { status: 500, message: "no space" } });
      await expect(client.createNetwork({ Name: "backend" })).rejects.toMatchObject({
        statusCode: 500,
        message: expect.stringContaining("no space"),
      });
      await faults.add({ route: "GET /containers/json", times: 1, drop: "before" });
      await expect(client.listContainers()).rejects.toMatchObject({ code: "ECONNRESET" });
      await faults.add({ call: "images.list", times: 1, drop: "body" });
      // dockerode waits for ever for the end of a body that breaks off, so Node's own client is asked.
      const broken = new Promise<[number | undefined, string]>((resolve) => {
        get({ socketPath, path: "/images/json" }, (response) => {
          response.on("error", ({ message }) => resolve([response.statusCode, message])).resume();
        });
      });
      expect(await broken).toEqual([200, "aborted"]);
      expect(await client.listContainers()).toEqual([]);
      expect(await client.listImages()).toHaveLength(2);
      expect(simulator.calls.map(({ outcome, fault }) => [outcome, fault])).toEqual([
        ["refused", 1],
        ["failed", 2],
        ["answered", 3],
        ["answered", undefined],
        ["answered", undefined],
      ]);
    }));

  it("dockerode: an engine that restarts refuses connections, breaks streams, and is back", () =>
    served(async ({ simulator, client }) => {
      const events = await client.getEvents();
      const ended = new Promise<string>((resolve) => {
        events.on("close", () => resolve("closed")).on("error", ({ message }: Error) => resolve(message));
      });
      events.resume();
      const fault = await simulator.faults.add({ engine: "restarting" });
      expect(await ended).toMatch(/closed|aborted/);
      await expect(client.ping()).rejects.toMatchObject({
        code: expect.stringMatching(/ENOENT|ECONNREFUSED/),
      });
      await fault.remove();
      const answers = async (): Promise<boolean> =>
        client.ping().then(
          () => true,
          () => false,
        );
      while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await client.listContainers()).toEqual([]);
    }));

  it.skipIf(!docker)("docker: a refusal, a dropped connection, and an engine that restarts", () =>
    served(async ({ simulator, cli }) => {
      const { faults } = simulator;
      await simulator.engine.networks.create({ Name: "backend" });
      await faults.add({
        call: "networks.remove",
        where: { network: "backend" },
        times: 1,
        error: { status: 500, message: "the network is on strike" },
      });
      expect(await cli("network", "rm", "backend")).toEqual({
        text: expect.stringContaining("Error response from daemon: the network is on strike"),
        failed: true,
      });
      await faults.add({ call: "networks.remove", times: 1, drop: "before" });
      expect(await cli("network", "rm", "backend")).toEqual({
        text: expect.stringContaining("EOF"),
        failed: true,
      });
      expect((await cli("network", "rm", "backend")).failed).toBe(false);
      const fault = await faults.add({ engine: "restarting" });
      // It stops in its own time.
      await expect(simulator.engine.system.ping()).rejects.toThrow();
      let answer = await cli("ps");
      while (!answer.text.includes("Is the docker daemon running?")) answer = await cli("ps");
      expect(answer.failed).toBe(true);
      await fault.remove();
      while (answer.failed) answer = await cli("ps", "--quiet");
      expect(answer.text).toBe("");
    }),
  );
});
