import { expect, it } from "vitest";
import { ask } from "../../../test/ask.js";
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

// Seen on 20.10, the one release that serves these versions.
it("takes the host's settings from a start", async () => {
  const simulator = createSimulator({ release: "20.10" });
  const { engine } = simulator;
  await engine.networks.create({ Name: "net" });
  const start = async (body: object, version = "1.22") => {
    const answer = await ask(simulator, `POST /v${version}/containers/box/start`, body);
    const { State, HostConfig, NetworkSettings, Mounts } = await engine.containers.inspect("box");
    const { NetworkMode, PortBindings, Memory } = HostConfig;
    await engine.containers.stop("box");
    const told = typeof answer.body === "string" ? answer.body : "";
    const networks = Object.keys(NetworkSettings.Networks);
    const mounts = (Mounts as { Destination: string }[]).map(({ Destination }) => Destination).sort();
    return [answer.status, told.trim(), State.Status, NetworkMode, networks, PortBindings, Memory, mounts];
  };
  const ports = { "80/tcp": [{ HostPort: "18215" }] };
  await engine.containers.create(
    {
      Image: "busybox",
      Cmd: ["sleep", "1000"],
      HostConfig: { NetworkMode: "net", Binds: ["vol-a:/a"], Memory: 2e7 },
    },
    { name: "box" },
  );
  const bound = { "80/tcp": [{ HostIp: "", HostPort: "18215" }] };
  expect(await start({ PortBindings: ports })).toEqual([
    ...[204, "", "running", "default", ["bridge"], bound, 0, ["/a"]],
  ]);
  expect(await start({ HostConfig: { NetworkMode: "net", Memory: 3e7 }, Binds: [] })).toEqual([
    ...[204, "", "running", "net", ["net"], null, 3e7, ["/a"]],
  ]);
  expect(await start({ Binds: ["vol-b:/b"], NetworkMode: "none" })).toEqual([
    ...[204, "", "running", "none", ["none"], null, 0, ["/a", "/b"]],
  ]);
  const same = ["exited", "none", ["none"], null, 0, ["/a", "/b"]];
  for (const [body, status, message] of [
    [{ Memory: 5 }, 400, "Minimum memory limit allowed is 6MB"],
    [{ RestartPolicy: { Name: "nope" } }, 400, "invalid restart policy 'nope'"],
    [{ SecurityOpt: ["nope"] }, 400, 'invalid --security-opt 1: "nope"'],
    [{ Links: ["nope:x"] }, 400, "could not get container for nope: No such container: nope"],
    [{ Binds: ["/x:/y:zz"] }, 400, "invalid mode: zz"],
    [
      { NetworkMode: 5 },
      500,
      "json: cannot unmarshal number into Go struct field ContainerConfigWrapper.NetworkMode of type container.NetworkMode",
    ],
  ] as const) {
    expect(await start(body)).toEqual([status, message, ...same]);
  }
  expect((await start({ Memory: 5 }, "1.24"))[1]).toMatch("removed in v1.24");
});
