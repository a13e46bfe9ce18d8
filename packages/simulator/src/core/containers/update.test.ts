import type { HostConfig } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { createSimulator } from "../../simulator.js";
import { releaseNames } from "../releases/row.js";

describe.each(releaseNames)("an update on %s", (release) => {
  const { engine } = createSimulator({ release });
  const run = async (HostConfig: HostConfig) => {
    const { Id } = await engine.containers.create({ Image: "busybox", Cmd: ["sleep", "1000"], HostConfig });
    await engine.containers.start(Id);
    return Id;
  };

  it("that the runtime refuses changes nothing", async () => {
    const id = await run({});
    const failure = engine.containers.update(id, {
      CpuShares: 1,
      PidsLimit: 5,
      RestartPolicy: { Name: "always" },
    });
    await expect(failure).rejects.toMatchObject({ status: 500 });
    const { HostConfig } = await engine.containers.inspect(id);
    expect(HostConfig).toMatchObject({ CpuShares: 0, PidsLimit: null });
    expect(HostConfig.RestartPolicy?.Name).not.toBe("always");
  });

  // Seen on 29, where parity found it. All releases save the container there (moby, daemon/update.go).
  it("shows in lists what a connect that failed has left", async () => {
    const { networks, containers } = engine;
    const full = { Name: "full", IPAM: { Config: [{ Subnet: "10.30.0.0/30" }] } };
    await networks.create(full);
    const other = await run({ NetworkMode: "full" });
    const id = await run({});
    await expect(networks.connect("full", { Container: id })).rejects.toThrow(/no available/);
    const listed = async () =>
      Object.keys((await containers.list()).find(({ Id }) => Id === id)?.NetworkSettings?.Networks ?? {});
    expect(await listed()).toEqual(["bridge"]);
    await containers.update(id, { RestartPolicy: { Name: "no" } });
    expect(await listed()).toEqual(["bridge", "full"]);
    for (const each of [id, other]) await containers.remove(each, { force: true });
    await networks.remove("full");
  });

  it("cannot give less swap than memory to what runs", async () => {
    const id = await run({});
    await expect(engine.containers.update(id, { MemorySwap: 5 })).rejects.toMatchObject({
      status: 500,
      message: expect.stringContaining(
        `failed to write "5": write /sys/fs/cgroup/memory/docker/${id}/memory.memsw.limit_in_bytes: invalid argument`,
      ),
    });
    await engine.containers.update(id, { Memory: 67_108_864, MemorySwap: 67_108_864 });
  });

  it("that lifts the limit of processes shows 0", async () => {
    const id = await run({ PidsLimit: -1 });
    const limit = async () => (await engine.containers.inspect(id)).HostConfig.PidsLimit;
    expect(await limit()).toBe(null);
    await engine.containers.update(id, { PidsLimit: 7 });
    expect(await limit()).toBe(7);
    await engine.containers.update(id, { PidsLimit: -5 });
    expect(await limit()).toBe(0);
  });
});
