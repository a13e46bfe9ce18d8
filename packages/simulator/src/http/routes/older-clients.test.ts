import { expect, it } from "vitest";
import { createSimulator } from "../../simulator.js";
import { noBody } from "../message.js";

it("has the fields of old for clients of old", async () => {
  const { handle, engine } = createSimulator({ release: "20.10" });
  await engine.containers.create(
    { Image: "busybox", Volumes: { "/v": {} }, ExposedPorts: { "80/tcp": {} } },
    { name: "box" },
  );
  const get = async (target: string) => {
    const signal = new AbortController().signal;
    const { body } = await handle({ method: "GET", target, headers: { host: "d" }, body: noBody, signal });
    return JSON.parse(String(body));
  };
  const oldest = await get("/v1.12/containers/box/json?size=1");
  expect(oldest).toMatchObject({ VolumesRW: { "/v": true }, Config: { Cpuset: "", VolumeDriver: "" } });
  expect(oldest).not.toHaveProperty("Mounts");
  expect(oldest).not.toHaveProperty("SizeRw");
  expect(Object.keys(oldest.NetworkSettings).slice(3, 7)).toEqual([
    "LinkLocalIPv6Address",
    "LinkLocalIPv6PrefixLen",
    "Ports",
    "SandboxKey",
  ]);
  expect(oldest.NetworkSettings).not.toHaveProperty("Networks");
  const old = await get("/v1.20/containers/box/json");
  expect(old).toMatchObject({ Mounts: [{ Destination: "/v" }], Config: { ExposedPorts: { "80/tcp": {} } } });
  expect(Object.keys(old.Config).at(-1)).toBe("VolumeDriver");
  expect(await get("/v1.24/info")).toMatchObject({
    SecurityOptions: ["seccomp"],
    ExecutionDriver: "<not supported>",
  });
  expect(await get("/info")).not.toHaveProperty("ExecutionDriver");
});
