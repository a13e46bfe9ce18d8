import { describe, expect, it } from "vitest";
import { ask as send } from "../../../test/ask.js";
import { createSimulator, type ReleaseName, releaseNames, type Simulator, virtualTime } from "../../index.js";

async function ask(simulator: Simulator, line: string, body?: unknown) {
  const { status, body: text } = await send(simulator, line, body);
  const answer = typeof text === "string" && text !== "" ? (JSON.parse(text) as unknown) : undefined;
  // biome-ignore lint/suspicious/noExplicitAny: answers of any kind
  return { status, answer: answer as Record<string, any> };
}

const busybox = { Image: "busybox", Cmd: ["sleep", "1000"] };
const engine = (release: ReleaseName) => createSimulator({ release });

const all = encodeURIComponent('{"all":["true"]}');

describe.each(releaseNames)("volumes of %s", (release) => {
  it("creates, refuses and removes", async () => {
    const it = engine(release);
    expect(
      await ask(it, "POST /volumes/create", { Name: "v3", DriverOpts: { type: "tmpfs", device: "tmpfs" } }),
    ).toMatchObject({
      status: 201,
      answer: {
        Driver: "local",
        Labels: null,
        Mountpoint: "/var/lib/docker/volumes/v3/_data",
        Options: { device: "tmpfs", type: "tmpfs" },
        Scope: "local",
      },
    });
    expect(await ask(it, "POST /volumes/create", { Name: "x" })).toEqual({
      status: 400,
      answer: {
        message: "create x: volume name is too short, names should be at least two alphanumeric characters",
      },
    });
    expect(await ask(it, "GET /volumes/nope")).toEqual({
      status: 404,
      answer: { message: "get nope: no such volume" },
    });
    expect((await ask(it, "DELETE /volumes/nope?force=1")).status).toBe(204);
    expect((await ask(it, "DELETE /volumes/v3")).status).toBe(204);
  });

  // Seen on all three, also where the path is not there.
  it("are mounted while an archive of the container is looked at", async () => {
    const time = virtualTime();
    const it = createSimulator({ release, time });
    await ask(it, "POST /containers/create?name=c1", { ...busybox, HostConfig: { Binds: ["data:/x:ro"] } });
    await send(it, "HEAD /containers/c1/archive?path=/nope");
    await send(it, "GET /containers/c1/archive?path=/tmp");
    await send(it, "PUT /containers/c1/archive?path=/etc/passwd");
    await time.advance(2_000);
    const until = Number(time.now() / 1_000_000_000n) - 1;
    const seen: string[] = [];
    for await (const { Action } of it.engine.events({ since: 0, until, filters: { type: ["volume"] } })) {
      seen.push(Action);
    }
    expect(seen).toEqual(["create", "mount", "unmount", "mount", "unmount", "mount", "unmount"]);
  });

  // Seen on 29, where parity found it. moby has had it so since before 20.10 (daemon/volumes_unix.go).
  it("are mounted in place of a file of the engine without an event", async () => {
    const time = virtualTime();
    const it = createSimulator({ release, time });
    const Binds = ["data:/etc/hosts:nocopy", "other:/o"];
    await ask(it, "POST /containers/create?name=c1", { ...busybox, HostConfig: { Binds } });
    await send(it, "POST /containers/c1/start");
    await time.advance(2_000);
    const until = Number(time.now() / 1_000_000_000n) - 1;
    const seen: string[] = [];
    for await (const { Action, Actor } of it.engine.events({
      since: 0,
      until,
      filters: { type: ["volume"] },
    })) {
      seen.push(`${Action} ${Actor.ID}`);
    }
    expect(seen.sort()).toEqual([
      "create data",
      "create other",
      "mount other",
      "unmount data",
      "unmount other",
    ]);
  });

  it("are held by containers, and go with them where nobody named them", async () => {
    const it = engine(release);
    const created = await ask(it, "POST /containers/create?name=c1", {
      ...busybox,
      Volumes: { "/anon": {} },
      HostConfig: { Binds: ["named:/n:ro", "/srv:/b"] },
    });
    expect(created.status).toBe(201);
    const { answer } = await ask(it, "GET /containers/c1/json");
    expect(answer.Mounts).toMatchObject([
      {
        Type: "volume",
        Name: "named",
        Destination: "/n",
        Driver: "local",
        Mode: "ro",
        RW: false,
        Propagation: "",
      },
      { Type: "bind", Source: "/srv", Destination: "/b", Mode: "", RW: true, Propagation: "rprivate" },
      { Type: "volume", Destination: "/anon", Driver: "local", Mode: "", RW: true },
    ]);
    expect(await ask(it, "DELETE /volumes/named")).toEqual({
      status: 409,
      answer: { message: `remove named: volume is in use - [${created.answer.Id}]` },
    });
    await ask(it, "DELETE /containers/c1?v=1");
    const left = await ask(it, "GET /volumes");
    expect(left.answer.Volumes.map(({ Name }: { Name: string }) => Name)).toEqual(["named"]);
  });

  it("prunes by name from 26.1 on only where told", async () => {
    const it = engine(release);
    await ask(it, "POST /volumes/create", { Name: "kept" });
    const { answer } = await ask(it, "POST /volumes/prune");
    expect(answer.VolumesDeleted).toEqual(release === "20.10" ? ["kept"] : []);
    const old = await ask(it, "POST /v1.41/volumes/prune");
    expect(old.answer.VolumesDeleted).toEqual(release === "20.10" ? [] : ["kept"]);
  });

  it("tells how much a prune has reclaimed", async () => {
    const it = engine(release);
    const HostConfig = { Binds: ["named:/v"] };
    const Cmd = ["sh", "-c", "echo 1234 > /v/file; echo 123456 > /file"];
    await ask(it, "POST /containers/create?name=c1", { Image: "busybox", Cmd, HostConfig });
    await ask(it, "POST /containers/c1/start");
    await it.engine.containers.wait("c1");
    await ask(it, "POST /containers/prune");
    await ask(it, release === "20.10" ? "POST /volumes/prune" : `POST /volumes/prune?filters=${all}`);
    const told = [];
    const until = Date.now() / 1000 + 1;
    for await (const event of it.engine.events({ since: 0, until, filters: { event: ["prune"] } }))
      told.push(event);
    expect(told.map(({ Type, Actor }) => [Type, Actor.Attributes])).toEqual([
      // A layer of 29 counts blocks: the file, its directory, and what every container has.
      ["container", { reclaimed: release === "29" ? "12288" : "7" }],
      ["volume", { reclaimed: "5" }],
    ]);
  });

  it("come out of a snapshot with who holds them", async () => {
    const it = engine(release);
    await ask(it, "POST /containers/create?name=c1", { ...busybox, HostConfig: { Binds: ["named:/n"] } });
    const again = createSimulator({ snapshot: it.snapshot() });
    expect((await ask(again, "DELETE /volumes/named")).status).toBe(409);
    expect((await ask(again, "GET /containers/c1/json")).answer.Mounts).toHaveLength(1);
    await ask(again, "DELETE /containers/c1");
    expect((await ask(again, "DELETE /volumes/named")).status).toBe(204);
  });

  it.each([
    [
      "vv:x",
      500,
      "invalid volume specification: 'vv:x': invalid mount config for type \"volume\": invalid mount path: 'x' mount path must be absolute",
    ],
    ["vv:/x:ro,rw", 500, "invalid mode: ro,rw"],
    [
      "vv:/x:rprivate",
      500,
      "invalid volume specification: 'vv:/x:rprivate': invalid mount config for type \"volume\": field BindOptions must not be specified",
    ],
    ["vv:", 500, "invalid volume specification: 'vv:'"],
  ])("refuses the bind %s", async (bind, status, message) => {
    const answer = await ask(engine(release), "POST /containers/create", {
      ...busybox,
      HostConfig: { Binds: [bind] },
    });
    expect(answer).toEqual({ status, answer: { message } });
  });
});
