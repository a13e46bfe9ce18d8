import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composeFileOf, dockerCommand } from "@dryharbor/docker-cli";
import { createSimulator } from "@dryharbor/simulator";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { machineFiles } from "../clients/cli/machine-files.js";
import { cases } from "../compose/cases.js";
import { compareCase } from "../compose/compare.js";
import { composeFile } from "../compose/generate.js";
import { hasRealCompose } from "../compose/real-compose.js";
import { stateOf } from "../compose/state.js";

// The real compose of the lab works on a served simulator, so this needs no engine. It takes many minutes, and the real
// `up --exit-code-from` has been seen not to end on a simulator, so it runs where somebody asks for it.
const isAskedFor = process.env.DRYHARBOR_COMPOSE === "all";
describe.skipIf(!hasRealCompose || !isAskedFor)(
  "docker compose does what compose 2.40 does, and prints it",
  () => {
    it.concurrent.each(Object.keys(cases))("%s", { timeout: 600_000 }, async (name) => {
      const one = cases[name];
      expect(one && (await compareCase(one))).toEqual([]);
    });

    it("for generated files", { timeout: 600_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(composeFile, async (file) => {
          const commands = ["config --format json", "config", "config --hash *", "create"];
          expect(await compareCase({ files: { "compose.yaml": file }, commands })).toEqual([]);
        }),
        { numRuns: 6, endOnFailure: true },
      );
    });
  },
);

/** What a state has of a container or a network. */
interface Shown {
  Config?: { Env: unknown; Cmd: unknown };
  HostConfig?: { PortBindings: unknown };
  Networks?: object;
  Ports?: unknown;
  IPAM?: unknown;
  Internal?: unknown;
}

describe("an engine as a compose file", () => {
  it("makes the same when it is brought up", async () => {
    const folder = mkdtempSync(join(tmpdir(), "compose-export-"));
    mkdirSync(join(folder, "export"));
    try {
      const original = createSimulator();
      const docker = dockerCommand(original.engine);
      for (const name of ["front", "back"])
        await original.engine.networks.create({
          Name: name,
          Internal: name === "back",
          IPAM: { Config: [{ Subnet: name === "back" ? "10.9.0.0/24" : "10.8.0.0/24" }] },
        });
      await original.engine.images.pull("busybox");
      const make = (name: string, request: object) =>
        original.engine.containers.create({ Image: "busybox", Cmd: ["sleep", "$X"], ...request }, { name });
      await make("web", {
        Env: ["A=$1", "B=two words"],
        ExposedPorts: { "80/tcp": {}, "53/udp": {} },
        HostConfig: {
          NetworkMode: "front",
          PortBindings: { "80/tcp": [{ HostPort: "8080" }] },
          Binds: ["data:/data:ro"],
        },
        NetworkingConfig: {
          EndpointsConfig: { front: { Aliases: ["www"], IPAMConfig: { IPv4Address: "10.8.0.9" } }, back: {} },
        },
      });
      await make("alone", { HostConfig: { NetworkMode: "none" } });
      await make("guest", { HostConfig: { NetworkMode: "container:web" } });
      const file = await composeFileOf(original.engine, { name: "copy" });

      const copy = createSimulator();
      const files = machineFiles(folder);
      files.write("compose.yaml", new TextEncoder().encode(file));
      const made = await dockerCommand(copy.engine)("compose create", {
        cwd: folder,
        files,
        env: { HOME: folder },
      });
      expect(made).toMatchObject({ exitCode: 0 });
      const seen = async (engine: typeof original.engine) => {
        const state = (await stateOf(engine)) as Record<string, Shown>;
        return Object.fromEntries(
          Object.entries(state).map(
            ([name, { Config, Networks, Ports, HostConfig, IPAM, Internal } = {}]) => [
              name,
              {
                Env: Config?.Env,
                Cmd: Config?.Cmd,
                Ports,
                IPAM,
                Internal,
                networks: Object.keys(Networks ?? {}),
                bindings: HostConfig?.PortBindings ?? {},
              },
            ],
          ),
        );
      };
      expect(await seen(copy.engine)).toEqual(await seen(original.engine));
      expect(await composeFileOf(copy.engine, { name: "copy" })).toEqual(file);
      expect(existsSync(join(folder, "compose.yaml"))).toBe(true);
      expect((await docker("version")).exitCode).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
