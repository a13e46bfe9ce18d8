import { dockerEngine } from "@dryharbor/sdk/docker";
import { collectBytes, type Engine, type OutputChunk, readableStream, run } from "@dryharbor/sdk/port";
import { createSimulator, type Simulator, virtualTime } from "@dryharbor/simulator";
import { agent } from "@dryharbor/simulator/node";
import Docker from "dockerode";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contextOf } from "../lab/builds/build-case.js";
import { archiveLines } from "../src/commands/archive-lines.js";
import { tarText } from "../src/commands/tar-text.js";

// Tests on both drivers for what commands cannot express as plain data: streams both ways, and calls that are
// given up.

const drivers: readonly (readonly [string, (simulator: Simulator) => Engine])[] = [
  ["the simulator's driver", ({ engine }) => engine],
  [
    "the docker driver",
    (simulator) => {
      const options = { protocol: "http", host: "simulator", agent: agent(simulator) } as const;
      return dockerEngine({ docker: new Docker(options) });
    },
  ],
];

const hello = new TextEncoder().encode(tarText([{ name: "x", type: "file", text: "hello\n" }]));

describe.each(drivers)("%s", (_, open) => {
  let simulator: Simulator;
  let engine: Engine;
  beforeEach(() => {
    simulator = createSimulator();
    engine = open(simulator);
  });
  afterEach(async () => {
    await engine.close();
    await simulator.close();
  });

  async function create(Cmd: string[], more: object = {}): Promise<string> {
    const { Id } = await engine.containers.create({ Image: "busybox", Cmd, ...more });
    return Id;
  }

  async function start(Cmd: string[], more: object = {}): Promise<string> {
    const id = await create(Cmd, more);
    await engine.containers.start(id);
    return id;
  }

  describe("an attach", () => {
    it("carries a process's streams both ways, as web streams", async () => {
      const id = await create(["sh", "-c", "read line; echo got $line; echo no >&2"], {
        OpenStdin: true,
        StdinOnce: true,
      });
      const process = await engine.containers.attach(id);
      await engine.containers.start(id);
      const writer = process.writable.getWriter();
      await writer.write("something\n");
      await writer.close();
      const text = { stdout: "", stderr: "" };
      const reader = process.readable.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        const { stream, data } = value as OutputChunk;
        text[stream] += new TextDecoder().decode(data);
      }
      expect(text).toEqual({ stdout: "got something\n", stderr: "no\n" });
    });

    it("lets go of the process where its output is cancelled", async () => {
      const id = await start(["cat"], { OpenStdin: true });
      const process = await engine.containers.attach(id);
      await process.readable.cancel();
      await process.write("nothing\n");
      expect((await engine.containers.inspect(id)).State.Running).toBe(true);
    });

    it("writes nothing to a container without standard input, and takes one of its outputs alone", async () => {
      const id = await create(["sh", "-c", "cat; echo out; echo err >&2"]);
      const process = await engine.containers.attach(id, { stdout: false });
      await engine.containers.start(id);
      await process.write("lost\n");
      const chunks: OutputChunk[] = [];
      for await (const chunk of process) chunks.push(chunk);
      expect(chunks.map(({ stream }) => stream)).toEqual(["stderr"]);
    });

    it("shows a terminal's output as it is", async () => {
      const id = await create(["echo", "hello"], { Tty: true });
      const process = await engine.containers.attach(id, { stdin: false });
      await engine.containers.start(id);
      let text = "";
      for await (const { data } of process) text += new TextDecoder().decode(data);
      expect(text).toBe("hello\r\n");
    });

    it("is refused in the engine's words", async () => {
      await expect(engine.containers.attach("nope")).rejects.toMatchObject({
        status: 404,
        message: "No such container: nope",
      });
      const id = await start(["sleep", "100"]);
      await expect(engine.containers.attach(id, { detachKeys: "zz" })).rejects.toMatchObject({
        status: 400,
        message: "Invalid detach keys (zz) provided",
      });
      await engine.containers.pause(id);
      await expect(engine.containers.attach(id)).rejects.toMatchObject({ status: 409 });
    });
  });

  describe("an archive", () => {
    it("is sent as bytes, as a web stream, or as whatever can be iterated over", async () => {
      const id = await start(["sleep", "100"]);
      async function* pieces() {
        yield hello.subarray(0, 700);
        yield hello.subarray(700);
      }
      for (const [path, source] of [
        ["/tmp", hello],
        ["/root", pieces()],
        ["/etc", readableStream(pieces())],
      ] as const) {
        await engine.containers.putArchive(id, path, source);
        const { stat, archive } = await engine.containers.getArchive(id, `${path}/x`);
        expect(stat).toMatchObject({ name: "x", size: 6 });
        expect(archiveLines(await collectBytes(archive))).toMatch(/^0 x 0000644 .* 6 $/);
        expect(await engine.containers.statArchive(id, `${path}/x`)).toEqual(stat);
      }
      expect(await engine.containers.changes(id)).toContainEqual({ Path: "/tmp/x", Kind: 1 });
    });

    it("that may be compressed is read as it was before", async () => {
      const id = await create(["true"]);
      const compressed = new Blob([hello]).stream().pipeThrough(new CompressionStream("gzip"));
      await engine.containers.putArchive(id, "/tmp", compressed);
      expect(await engine.containers.statArchive(id, "/tmp/x")).toMatchObject({ size: 6 });
    });

    it("is refused in the engine's words, which a HEAD does not carry", async () => {
      const id = await create(["true"]);
      const missing = { status: 404, message: `Could not find the file /nope in container ${id}` };
      await expect(engine.containers.statArchive(id, "/nope")).rejects.toMatchObject(missing);
      await expect(engine.containers.getArchive(id, "/nope")).rejects.toMatchObject(missing);
      await expect(engine.containers.statArchive(id, "")).rejects.toMatchObject({ status: 400 });
    });

    it("of a call that is given up while it is read changes nothing", async () => {
      const id = await create(["true"]);
      const enough = new AbortController();
      async function* endless() {
        yield hello.subarray(0, 512);
        await new Promise((resolve) => setTimeout(resolve, 20));
        enough.abort();
        await new Promise((resolve) => setTimeout(resolve, 20));
        yield hello.subarray(512);
      }
      const call = engine.containers.putArchive(id, "/tmp", endless(), { abortSignal: enough.signal });
      await expect(call).rejects.toMatchObject({ name: "AbortError" });
      await new Promise((resolve) => setTimeout(resolve, 60));
      await expect(engine.containers.statArchive(id, "/tmp/x")).rejects.toMatchObject({ status: 404 });
    });

    it("of all files may be cancelled before it is read", async () => {
      const id = await create(["true"]);
      await (await engine.containers.export(id)).cancel();
      expect(archiveLines(await collectBytes(await engine.containers.export(id)))).toContain(" bin/busybox ");
    });
  });

  describe("images", () => {
    it("are committed, saved, removed, loaded and run", async () => {
      const id = await start(["sleep", "100"]);
      await engine.containers.putArchive(id, "/", hello);
      const { Id } = await engine.containers.commit(
        id,
        { Cmd: ["cat", "/x"] },
        { repo: "mine", tag: "one", comment: "why" },
      );
      expect((await engine.images.history("mine:one"))[0]).toMatchObject({ Id, Comment: "why" });
      const saved = await collectBytes(await engine.images.save(["mine:one"]));
      await engine.images.remove("mine:one");
      const steps: unknown[] = [];
      await engine.images.load(saved, { onProgress: (step) => steps.push(step) });
      expect(steps).toContainEqual({ stream: "Loaded image: mine:one\n" });
      const { stdout } = await run(engine, { Image: "mine:one" }, { remove: true });
      expect(stdout).toBe("hello\n");
    });

    it("are imported, and their id is told", async () => {
      const steps: { status?: string }[] = [];
      await engine.images.import(hello, { repo: "flat", onProgress: (step) => steps.push(step) });
      expect(steps.map(({ status }) => status)).toEqual([(await engine.images.inspect("flat")).Id]);
      await expect(engine.images.import(new TextEncoder().encode("no archive"))).rejects.toMatchObject({
        status: 500,
      });
    });

    it("are pushed, found and pulled", async () => {
      await engine.images.tag("busybox", { repo: "mine", tag: "one" });
      const steps: object[] = [];
      await engine.images.push("mine", { tag: "one", onProgress: (step) => steps.push(step) });
      expect(steps.at(-1)).toMatchObject({ status: expect.stringMatching(/^one: digest: sha256:/) });
      expect((await engine.images.search("mine")).map(({ name }) => name)).toContain("mine");
      expect(await engine.images.distribution("mine:one")).toHaveProperty("Descriptor.digest");
      await expect(engine.images.push("mine", { tag: "two" })).rejects.toMatchObject({
        status: 500,
        message: "tag does not exist: mine:two",
      });
      await engine.images.pull("mine:one", { "X-Registry-Auth": { username: "me", password: "x" } });
    });

    it("are built", async () => {
      const dockerfile = "FROM busybox\nARG A\nCOPY hello /hello\nRUN cat /hello; echo $A\n";
      const context = contextOf({ dockerfile, files: { hello: "hello" } });
      const steps: { stream?: string; aux?: { ID?: unknown } }[] = [];
      const options = {
        t: ["a", "b"],
        buildargs: { A: "1" },
        onProgress: (step: object) => steps.push(step),
      };
      await engine.images.build(context, options);
      const [made] = steps.flatMap(({ aux }) => aux?.ID ?? []);
      expect((await engine.images.inspect("b")).Id).toBe(made);
      expect(steps.map(({ stream }) => stream).join("")).toContain("hello1\n");
      await expect(
        engine.images.build(contextOf({ dockerfile: "FROM busybox\nRUN exit 3\n" })),
      ).rejects.toMatchObject({
        status: 500,
        message: "The command '/bin/sh -c exit 3' returned a non-zero code: 3",
      });
      await expect(engine.images.build(contextOf({ dockerfile: "NOPE\n" }))).rejects.toMatchObject({
        status: 400,
      });
      await engine.images.build(contextOf({ dockerfile: "FROM scratch\nENV A=1\n" }), {
        q: true,
        labels: { made: "here" },
        onProgress: ({ stream }) => expect(stream).toMatch(/^sha256:[0-9a-f]{64}\n$/),
      });
    });
  });

  it("tells what a container uses, once and as it goes on", async () => {
    const id = await start(["sleep", "100"]);
    expect(await engine.containers.stats(id, { "one-shot": true })).toHaveProperty("memory_stats.usage");
    let samples = 0;
    for await (const { cpu_stats } of await engine.containers.statsStream(id)) {
      expect(cpu_stats.cpu_usage.total_usage).toBeGreaterThan(0);
      if (++samples === 2) break;
    }
    expect(samples).toBe(2);
    const removed = engine.containers.statsStream(id);
    await engine.containers.remove(id, { force: true });
    for await (const _ of await removed);
  });

  it("tells of no interfaces where a container is on no network", async () => {
    const id = await start(["sleep", "100"]);
    expect(await engine.containers.stats(id, { "one-shot": true })).toHaveProperty("networks.eth0");
    await engine.networks.disconnect("bridge", { Container: id });
    expect(await engine.containers.stats(id, { "one-shot": true })).not.toHaveProperty("networks");
  });

  it("keeps volumes apart from containers, and the containers' files in them", async () => {
    await engine.volumes.create({ Name: "data", Labels: { tier: "front" } });
    await run(engine, { Image: "busybox", Cmd: ["touch", "/data/x"], HostConfig: { Binds: ["data:/data"] } });
    await expect(engine.volumes.remove("data")).rejects.toMatchObject({ status: 409 });
    const { Volumes } = await engine.system.df({ type: ["volume"] });
    expect(Volumes).toMatchObject([{ Name: "data", UsageData: { RefCount: 1 } }]);
    await engine.containers.prune();
    expect((await engine.volumes.list({ filters: { dangling: ["true"] } })).Volumes).toHaveLength(1);
    expect(await engine.volumes.prune()).toMatchObject({ VolumesDeleted: [] });
    expect(await engine.volumes.prune({ filters: { all: ["true"] } })).toMatchObject({
      VolumesDeleted: ["data"],
    });
    await engine.volumes.remove("data", { force: true });
  });

  it("reads the swarm that the engine is in", async () => {
    await expect(engine.swarm.inspect()).rejects.toMatchObject({ status: 503 });
    await simulator.fetch(
      new Request("http://simulator/swarm/init", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: '{"ListenAddr":"0.0.0.0"}',
      }),
    );
    const { ID, JoinTokens } = await engine.swarm.inspect();
    expect(JoinTokens.Worker).toMatch(/^SWMTKN-/);
    expect((await engine.system.info()).Swarm).toMatchObject({ Cluster: { ID } });
    const [node] = await engine.nodes.list();
    expect(await engine.nodes.inspect(node!.ID)).toEqual(node);
    expect(await engine.services.list()).toEqual([]);
    await expect(engine.services.inspect("web")).rejects.toMatchObject({ status: 404 });
    expect(await engine.tasks.list()).toEqual([]);
    expect([await engine.secrets.list(), await engine.configs.list()]).toEqual([[], []]);
    expect(await engine.swarm.unlockKey()).toEqual({ UnlockKey: "" });
  });
});

it("a call of the simulator's driver has happened when its promise is returned", async () => {
  await using simulator = createSimulator({ time: virtualTime() });
  const { engine } = simulator;
  const { Id } = await engine.containers.create({ Image: "busybox" });
  const calls = [
    engine.volumes.create({ Name: "data" }),
    engine.volumes.remove("data"),
    engine.containers.commit(Id, {}, { repo: "mine" }),
    engine.images.tag("mine", { repo: "yours" }),
    engine.images.push("yours"),
    engine.images.remove("mine"),
    engine.containers.update(Id, { CpuShares: 5 }),
  ];
  expect((await Promise.allSettled(calls)).map(({ status }) => status)).toEqual(calls.map(() => "fulfilled"));
});
