import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composeFileOf, dockerCommand } from "@dryharbor/docker-cli";
import { createSimulator } from "@dryharbor/simulator";
import { describe, expect, it } from "vitest";
import { machineFiles } from "../clients/cli/machine-files.js";
import { stateOf } from "../compose/state.js";

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
