import { systemClock } from "@dryharbor/kernel/host";
import { expect, it } from "vitest";
import type { Container } from "../containers/container.js";
import { containerTable } from "../containers/table.js";
import type { Daemon } from "../daemon.js";
import { release } from "../releases/release.js";
import { type ReleaseName, releaseNames } from "../releases/row.js";
import { showInfo } from "./info.js";
import { showPing } from "./ping.js";
import { showVersion } from "./version.js";

function engine(name: ReleaseName): Daemon {
  const containers = containerTable();
  for (const [at, status] of (["running", "paused", "created", "restarting"] as const).entries()) {
    containers.add({ id: String(at).repeat(64), name: status, state: { status } } as Container);
  }
  return {
    release: release(name),
    clock: systemClock,
    containers,
    images: { size: 2 },
    settings: {
      hostname: "harbour",
      hostId: "b4ad9be3-54ee-4e0e-8c0f-1c1a6a8bd0f3",
      dataRoot: "/var/lib/docker",
      defaultAddressPools: [{ base: "10.0.0.0/8", size: 24 }],
    },
  } as unknown as Daemon;
}

it.each(releaseNames)("info of %s counts, and tells of the host", (name) => {
  expect(showInfo(engine(name))).toMatchObject({
    Containers: 4,
    ContainersRunning: 1,
    ContainersPaused: 1,
    ContainersStopped: 2,
    Images: 2,
    Name: "harbour",
    DockerRootDir: "/var/lib/docker",
    DefaultAddressPools: [{ Base: "10.0.0.0/8", Size: 24 }],
  });
});

it("an engine's id is 12 groups, later a UUID", () => {
  expect(showInfo(engine("20.10")).ID).toMatch(/^([A-Z2-7]{4}:){11}[A-Z2-7]{4}$/);
  expect(showInfo(engine("28.5")).ID).toBe("b4ad9be3-54ee-4e0e-8c0f-1c1a6a8bd0f3");
});

it("older API versions get older fields", () => {
  const fields = (name: ReleaseName, apiVersion?: string) => Object.keys(showInfo(engine(name), apiVersion));
  expect(fields("20.10")).toContain("KernelMemory");
  expect(fields("26.1")).not.toContain("KernelMemory");
  expect(fields("26.1", "1.41")).toContain("KernelMemory");
  expect(fields("26.1")).toContain("BridgeNfIptables");
  expect(fields("28.5")).not.toContain("BridgeNfIptables");
  expect(fields("28.5").at(-1)).toBe("Warnings");
  expect(fields("28.5")).toContain("FirewallBackend");
  expect(fields("28.5", "1.48")).toContain("BridgeNfIptables");
  expect(fields("28.5", "1.48")).not.toContain("FirewallBackend");
  expect(fields("28.5", "1.48")).toEqual(fields("28.5", "1.48").toSorted());
});

it("ping and version name the release", () => {
  expect(releaseNames.map((name) => showPing(engine(name)).ApiVersion)).toEqual([
    "1.41",
    "1.45",
    "1.51",
    "1.55",
  ]);
  expect(releaseNames.map((name) => showVersion(engine(name)).Version)).toEqual([
    "20.10.24",
    "26.1.5",
    "28.5.2",
    "29.7.2",
  ]);
  expect(showPing(engine("20.10")).BuilderVersion).toBe("");
});
