import { virtualTime } from "@dryharbor/kernel/host";
import {
  collectOutput,
  type Engine,
  type NetworkCreateRequest,
  type NetworkInspect,
} from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { releaseNames } from "../core/releases/row.js";
import { createSimulator } from "../simulator.js";

async function run(engine: Engine, name: string, network = "bridge", ...Cmd: string[]): Promise<string> {
  const { Id } = await engine.containers.create(
    { Image: "busybox", Cmd: Cmd.length > 0 ? Cmd : ["sleep", "3600"], HostConfig: { NetworkMode: network } },
    { name },
  );
  await engine.containers.start(Id);
  return Id;
}

async function exec(engine: Engine, container: string, ...Cmd: string[]): Promise<string> {
  const { Id } = await engine.exec.create(container, { Cmd, AttachStdout: true, AttachStderr: true });
  const { stdout, stderr } = await collectOutput(await engine.exec.start(Id));
  return stdout + stderr;
}

describe.each(releaseNames)("a story on %s", (release) => {
  it("of a connect that failed: lists do not tell of it, nor do their filters", async () => {
    const { engine } = createSimulator({ release });
    await engine.networks.create({ Name: "back", IPAM: { Config: [{ Subnet: "10.74.0.0/24" }] } });
    await run(engine, "web");
    const taken = { IPAMConfig: { IPv4Address: "10.74.0.1" } };
    const connect = engine.networks.connect("back", { Container: "web", EndpointConfig: taken });
    await expect(connect).rejects.toThrow("in use");
    expect(await engine.containers.list({ filters: { network: ["back"] } })).toEqual([]);
    expect(await engine.containers.list({ filters: { network: ["bridge"] } })).toHaveLength(1);
  });

  it("of two networks, an alias and a link", async () => {
    const { engine } = createSimulator({ release });
    await engine.networks.create({ Name: "back" });
    await engine.networks.create({ Name: "front" });
    await run(engine, "redis", "back");
    await engine.networks.connect("front", { Container: "redis", EndpointConfig: { Aliases: ["db"] } });
    await run(engine, "web", "front");
    await engine.networks.create({ Name: "third" });
    await run(engine, "linked", "third");
    await engine.networks.connect("front", {
      Container: "linked",
      EndpointConfig: { Links: ["redis:cache"] },
    });

    const { Networks } = (await engine.containers.inspect("redis")).NetworkSettings;
    const address = Networks.front!.IPAddress;
    const found = { status: "found", records: [address] };
    expect(
      await engine.dns.resolveAll("web", [{ name: "redis" }, { name: "db" }, { name: "redis.front" }]),
    ).toEqual([found, found, found]);
    expect(await engine.dns.resolve("linked", { name: "cache" })).toEqual(found);
    expect(await engine.dns.resolve("web", { name: "cache" })).toMatchObject({ records: [] });
    expect(await engine.dns.resolve("web", { name: address, type: "PTR" })).toEqual({
      status: "found",
      records: ["redis.front"],
    });
    expect(await exec(engine, "redis", "cat", "/etc/hosts")).toContain(`${address}\t`);
    expect(await exec(engine, "web", "cat", "/etc/resolv.conf")).toContain("nameserver 127.0.0.11");

    await engine.networks.disconnect("front", { Container: "redis" });
    expect(await engine.dns.resolve("web", { name: "db" })).toMatchObject({ records: [] });
    await expect(engine.networks.remove("front")).rejects.toMatchObject({ status: 403 });
    await engine.containers.remove("web", { force: true });
    await engine.containers.remove("linked", { force: true });
    await engine.networks.remove("front");
    expect((await engine.networks.prune()).NetworksDeleted).toEqual(["third"]);
  });

  it("of an exec that reads its input, and one that is not there", async () => {
    const { engine } = createSimulator({ release });
    await run(engine, "c1");
    const { Id } = await engine.exec.create("c1", { Cmd: ["cat"], AttachStdin: true, AttachStdout: true });
    const cat = await engine.exec.start(Id);
    await cat.write("one\n");
    await cat.write(new TextEncoder().encode("two\n"));
    expect(await engine.exec.inspect(Id)).toMatchObject({ Running: true, ExitCode: null });
    await cat.end();
    expect(await collectOutput(cat)).toEqual({ stdout: "one\ntwo\n", stderr: "" });
    expect(await engine.exec.inspect(Id)).toMatchObject({ Running: false, ExitCode: 0 });

    expect(await exec(engine, "c1", "nonexist")).toMatch(
      /^OCI runtime exec failed: .*"nonexist": executable file not found in \$PATH.*\r\n$/,
    );
    expect(await exec(engine, "c1", "cat", "/none")).toMatch(
      /can't open '\/none': No such file or directory/,
    );
  });

  it("of an exec with a terminal", async () => {
    const { engine } = createSimulator({ release });
    await run(engine, "c1");
    const { Id } = await engine.exec.create("c1", { Cmd: ["env"], AttachStdout: true, Tty: true });
    const chunks = [];
    for await (const chunk of await engine.exec.start(Id, { Tty: true })) chunks.push(chunk);
    expect(chunks.every(({ stream }) => stream === "stdout")).toBe(true);
    const text = chunks.map(({ data }) => new TextDecoder().decode(data)).join("");
    expect(text).toMatch(/TERM=xterm\r\n/);
    expect(text).not.toMatch(/[^\r]\n/);
  });

  it("of an exec with a terminal, and nobody at its output", async () => {
    const { engine } = createSimulator({ release });
    await run(engine, "c1");
    const { Id } = await engine.exec.create("c1", { Cmd: ["hostname"], AttachStderr: true, Tty: true });
    expect(await collectOutput(await engine.exec.start(Id, { Tty: true }))).toEqual({
      stdout: "",
      stderr: "",
    });
  });

  it("of an exec that is attached to nothing, or detached", async () => {
    const time = virtualTime();
    const { engine } = createSimulator({ release, time });
    await run(engine, "c1");
    for (const [request, start] of [
      [{ Cmd: ["sleep", "1"] }, {}],
      [{ Cmd: ["sleep", "1"], AttachStdout: true }, { Detach: true }],
    ] as const) {
      const { Id } = await engine.exec.create("c1", { ...request, Cmd: [...request.Cmd] });
      expect(await collectOutput(await engine.exec.start(Id, start))).toEqual({ stdout: "", stderr: "" });
      expect(await engine.exec.inspect(Id)).toMatchObject({ Running: true });
      await time.advance(1000);
      expect(await engine.exec.inspect(Id)).toMatchObject({ Running: false, ExitCode: 0 });
    }
  });

  // Seen on all three: the stream outlives `true`, and `sleep` outlives the stream.
  it("of an exec that is attached to its input alone", async () => {
    const { engine } = createSimulator({ release });
    await run(engine, "c1");
    async function open(...Cmd: string[]) {
      const { Id } = await engine.exec.create("c1", { Cmd, AttachStdin: true });
      const stream = await engine.exec.start(Id);
      let over = false;
      const read = collectOutput(stream).then(() => {
        over = true;
      });
      const inspected = async () => {
        await new Promise((resolve) => setTimeout(resolve));
        const { Running, ExitCode } = await engine.exec.inspect(Id);
        return { over, Running, ExitCode };
      };
      return { stream, read, inspected };
    }
    const short = await open("true");
    expect(await short.inspected()).toEqual({ over: false, Running: false, ExitCode: 0 });
    await short.stream.end();
    await short.read;
    const written = await open("true");
    await written.inspected();
    await written.stream.write("nobody reads this");
    await written.read;
    const long = await open("sleep", "2");
    await long.stream.end();
    await long.read;
    expect(await long.inspected()).toEqual({ over: true, Running: true, ExitCode: null });
  });

  it("of events, told as they happen", async () => {
    const { engine } = createSimulator({ release });
    await using events = disposable(engine.events({ filters: { type: ["container"] } }));
    await events.opened;
    await run(engine, "c1", "none");
    await engine.containers.remove("c1", { force: true });
    const seen: string[] = [];
    for await (const { Action } of events) {
      seen.push(Action);
      if (Action === "destroy") break;
    }
    expect(seen).toEqual(["create", "start", "kill", "die", "destroy"]);
  });
});

function disposable<T extends { close(): void }>(thing: T): T & AsyncDisposable {
  return Object.assign(thing, { [Symbol.asyncDispose]: async () => thing.close() });
}

describe("answers and requests", () => {
  it("belong to the caller", async () => {
    const { engine } = createSimulator();
    const request: NetworkCreateRequest = { Name: "n", Labels: { a: "1" }, Options: {} };
    await engine.networks.create(request);
    request.Labels!.a = "2";
    const shown = await engine.networks.inspect("n");
    expect(shown.Labels).toEqual({ a: "1" });
    shown.Labels!.a = "3";
    (shown as { IPAM: NetworkInspect["IPAM"] | null }).IPAM = null;
    expect(await engine.networks.inspect("n")).toMatchObject({
      Labels: { a: "1" },
      IPAM: { Driver: "default" },
    });
    const event = async () => {
      for await (const each of engine.events({ since: 0 })) return each;
      throw new Error("no event");
    };
    (await event()).Actor.Attributes.name = "changed";
    expect((await event()).Actor.Attributes.name).toBe("n");
  });

  it("come in the order of the calls", async () => {
    const { engine } = createSimulator();
    const outcomes = await Promise.allSettled([
      engine.networks.create({ Name: "n" }),
      engine.networks.create({ Name: "n" }),
      engine.networks.remove("n"),
      engine.networks.inspect("n"),
      engine.networks.create({ Name: "n" }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
  });

  it("are refused by what the engine's decoder refuses", async () => {
    const create = (release: "20.10" | "28.5", request: object) =>
      createSimulator({ release }).engine.networks.create(request as NetworkCreateRequest);
    await expect(create("20.10", { Name: 5 })).rejects.toMatchObject({
      status: 400,
      message: "json: cannot unmarshal number into Go struct field NetworkCreateRequest.Name of type string",
    });
    for (const request of [
      { Name: "n", Internal: "yes" },
      { Name: "n", Labels: { a: 1 } },
      { Name: "n", IPAM: { Config: {} } },
      { Name: "n", IPAM: { Config: [{ Subnet: true }] } },
      [],
    ]) {
      await expect(create("28.5", request)).rejects.toMatchObject({
        name: "InvalidParameterError",
        message: expect.stringMatching(/^invalid JSON: json: cannot unmarshal /),
      });
    }
  });

  it("may be called what JavaScript calls its own", async () => {
    const { engine } = createSimulator();
    const own = JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, string>;
    await engine.networks.create({ Name: "__proto__", Labels: own, Options: own });
    await engine.networks.create({ Name: "constructor", ...({ constructor: 5 } as object) });
    await run(engine, "c1", "__proto__");
    await engine.networks.connect("constructor", {
      Container: "c1",
      EndpointConfig: { Aliases: ["toString"] },
    });
    const { Labels, Options } = await engine.networks.inspect("__proto__");
    expect(JSON.stringify([Labels, Options])).toBe(JSON.stringify([own, own]));
    const { Networks } = (await engine.containers.inspect("c1")).NetworkSettings;
    expect(Object.keys(Networks)).toEqual(["__proto__", "constructor"]);
    const [listed] = await engine.containers.list();
    expect(Object.keys(listed!.NetworkSettings.Networks)).toEqual(["__proto__", "constructor"]);
    expect(
      (
        await engine.dns.resolveAll("c1", [
          { name: "tostring" },
          { name: "valueOf" },
          { name: "c1.__proto__" },
        ])
      ).map(({ status }) => status),
    ).toEqual(["found", "no-such-name", "found"]);
  });

  it("need names that can stand in a path, and filters that are lists", async () => {
    const { engine } = createSimulator();
    for (const call of [
      () => engine.networks.inspect(""),
      () => engine.containers.start(".."),
      () => engine.images.inspect("."),
      () => engine.networks.list({ filters: { name: "x" } as never }),
    ]) {
      await expect(call()).rejects.toMatchObject({ name: "UsageError" });
    }
  });
});

describe("a call that is given up", () => {
  it("does nothing where that was before", async () => {
    const { engine } = createSimulator();
    const signal = AbortSignal.abort(new Error("no"));
    await expect(engine.networks.create({ Name: "n" }, { abortSignal: signal })).rejects.toMatchObject({
      name: "AbortError",
    });
    await expect(engine.networks.inspect("n")).rejects.toMatchObject({ status: 404 });
    const events = engine.events({ abortSignal: signal });
    await expect(events.opened).rejects.toMatchObject({ name: "AbortError" });
  });

  it("fails in its own way for a timeout", async () => {
    const { engine } = createSimulator();
    const id = await run(engine, "c1");
    await expect(engine.containers.wait(id, { abortSignal: AbortSignal.timeout(5) })).rejects.toMatchObject({
      name: "TimeoutError",
    });
    expect((await engine.containers.inspect(id)).State.Running).toBe(true);
  });

  it("ends its stream", async () => {
    const { engine } = createSimulator();
    const id = await run(engine, "c1");
    const call = new AbortController();
    const streams = [
      engine.events({ abortSignal: call.signal }),
      await engine.containers.logs(id, { follow: true, abortSignal: call.signal }),
      await engine.exec.start(
        (await engine.exec.create(id, { Cmd: ["sleep", "100"], AttachStdout: true })).Id,
        {},
        { abortSignal: call.signal },
      ),
    ];
    const ends = streams.map(async (stream) => {
      for await (const _ of stream);
    });
    call.abort();
    for (const end of ends) await expect(end).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("a closed engine", () => {
  it("says what to do, ends what waits, and leaves the simulator as it is", async () => {
    const simulator = createSimulator();
    const { engine } = simulator;
    const id = await run(engine, "c1");
    const waiting = engine.containers.wait(id);
    const events = engine.events();
    const told = (async () => {
      for await (const _ of events);
      return "the end";
    })();
    await engine.close();
    await expect(waiting).rejects.toThrow("the engine was closed during this call");
    expect(await told).toBe("the end");
    await expect(engine.networks.list()).rejects.toThrow("this engine is closed: open another one");
    const other = simulator.connect();
    expect((await other.containers.inspect(id)).State.Running).toBe(true);
  });
});

describe("wait", () => {
  it("waits for what it is told to", async () => {
    const time = virtualTime();
    const { engine } = createSimulator({ time });
    const { Id } = await engine.containers.create({ Image: "busybox", Cmd: ["sleep", "1"] });
    expect(await engine.containers.wait(Id)).toEqual({ StatusCode: 0 });
    const next = engine.containers.wait(Id, { condition: "next-exit" });
    const removed = engine.containers.wait(Id, { condition: "removed" });
    await engine.containers.start(Id);
    await time.advance(1000);
    expect(await next).toEqual({ StatusCode: 0 });
    await engine.containers.remove(Id);
    expect(await removed).toEqual({ StatusCode: 0 });
    await expect(engine.containers.wait(Id)).rejects.toMatchObject({ status: 404 });
  });

  it("tells of the exit that it waited for, whatever comes after", async () => {
    const { engine } = createSimulator();
    const id = await run(engine, "c1");
    const exit = engine.containers.wait(id);
    await engine.containers.restart(id);
    expect(await exit).toEqual({ StatusCode: 137 });
  });

  it("knows its conditions", async () => {
    const condition = "zz" as "removed";
    const old = createSimulator({ release: "20.10" }).engine;
    await run(old, "c1", "bridge", "false");
    await new Promise((resolve) => setTimeout(resolve));
    expect(await old.containers.wait("c1", { condition })).toEqual({ Error: null, StatusCode: 1 });
    const { engine } = createSimulator();
    await run(engine, "c1");
    await expect(engine.containers.wait("c1", { condition })).rejects.toMatchObject({
      status: 400,
      message: 'invalid condition: "zz"',
    });
  });
});

describe("logs", () => {
  const time = virtualTime();
  const { engine } = createSimulator({
    time,
    programs: {
      talker: async ({ stdout, stderr, sleep }) => {
        for (let line = 1; line <= 3; line++) {
          stdout(`out ${line}\n`);
          stderr(`err ${line}\n`);
          await sleep(1000);
        }
        stdout("end");
        return 0;
      },
    },
  });
  const read = async (options: Parameters<Engine["containers"]["logs"]>[1] = {}) =>
    collectOutput(await engine.containers.logs("talker", options));

  it("are followed to the end", async () => {
    const { Id } = await engine.containers.create({ Image: "busybox", Cmd: ["talker"] }, { name: "talker" });
    await engine.containers.start(Id);
    const followed = read({ follow: true });
    const first = read({ follow: true, tail: 0, until: Number(time.now() / 1_000_000_000n) + 1 });
    await time.advance(3000);
    expect(await followed).toEqual({ stdout: "out 1\nout 2\nout 3\nend", stderr: "err 1\nerr 2\nerr 3\n" });
    expect(await first).toEqual({ stdout: "out 2\n", stderr: "" });
  });

  it("are cut as asked", async () => {
    expect(await read({ stderr: false, tail: 3 })).toEqual({ stdout: "out 3\nend", stderr: "" });
    expect(await read({ tail: "all", stdout: false })).toMatchObject({ stderr: "err 1\nerr 2\nerr 3\n" });
    expect(await read({ tail: 0 })).toEqual({ stdout: "", stderr: "" });
    expect(await read({ since: "1704067202", stderr: false })).toMatchObject({ stdout: "out 3\nend" });
    await expect(read({ since: "2024-01-01T00:00:02Z" })).rejects.toMatchObject({
      status: 400,
      message:
        'invalid value for "since": invalid timestamp "2024-01-01T00:00:02Z": invalid seconds "2024-01-01T00:00:02Z": invalid syntax',
    });
    expect(await read({ until: 1704067200.5, stderr: false })).toMatchObject({ stdout: "out 1\n" });
  });

  it("have timestamps of one width", async () => {
    const { stdout } = await read({ timestamps: true, tail: 1 });
    expect(stdout).toMatch(/^2024-01-01T00:00:03\.\d{9}Z end$/);
  });

  it("are refused without a stream", async () => {
    await expect(read({ stdout: false, stderr: false })).rejects.toMatchObject({
      status: 400,
      message: "must specify at least one of 'stdout' or 'stderr'",
    });
  });

  it("are not kept without a driver", async () => {
    await engine.containers.create(
      { Image: "busybox", Cmd: ["true"], HostConfig: { LogConfig: { Type: "none" } } },
      { name: "silent" },
    );
    await expect(engine.containers.logs("silent")).rejects.toMatchObject({
      status: 501,
      message: "configured logging driver does not support reading",
    });
  });
});

describe("events", () => {
  it("begin and end where asked", async () => {
    const time = virtualTime();
    const { engine } = createSimulator({ time });
    const second = () => Number(time.now() / 1_000_000_000n);
    await engine.networks.create({ Name: "n1" });
    await time.advance(10_000);
    await engine.networks.create({ Name: "n2" });
    const names = async (options: Parameters<Engine["events"]>[0]) => {
      const seen: (string | undefined)[] = [];
      for await (const { Actor } of engine.events(options)) seen.push(Actor.Attributes.name);
      return seen;
    };
    await time.advance(10_000);
    expect(await names({ since: 0, until: second() - 1 })).toEqual(["n1", "n2"]);
    expect(await names({ since: second() - 15, until: second() - 1 })).toEqual(["n2"]);
    const both = names({ since: second() - 15, until: second() + 5 });
    await engine.networks.create({ Name: "n3" });
    await time.advance(5_000);
    await engine.networks.create({ Name: "n4" });
    expect(await both).toEqual(["n2", "n3"]);
  });

  it("are refused with times that are none", async () => {
    const { engine } = createSimulator();
    await expect(engine.events({ since: "zz" }).opened).rejects.toMatchObject({ status: 400 });
    const wrongWay = async () => {
      for await (const _ of engine.events({ since: 5, until: 1 }));
    };
    await expect(wrongWay()).rejects.toMatchObject({ status: 400 });
  });
});

describe("top", () => {
  it("lists the first process and the execs", async () => {
    const time = virtualTime();
    const { engine } = createSimulator({ time });
    const id = await run(engine, "c1");
    const { Id } = await engine.exec.create(id, { Cmd: ["sleep", "700"] });
    await engine.exec.start(Id, { Detach: true });
    const { Titles, Processes } = await engine.containers.top(id);
    expect(Titles).toEqual(["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"]);
    expect(Processes.map((process) => process.at(-1))).toEqual(["sleep 3600", "sleep 700"]);
    expect(Processes[0]?.[1]).toBe(String((await engine.containers.inspect(id)).State.Pid));
    expect((await engine.containers.top(id, { ps_args: "aux" })).Titles[0]).toBe("USER");
    await engine.containers.stop(id);
    await expect(engine.containers.top(id)).rejects.toMatchObject({ status: 409 });
  });
});

describe("pull", () => {
  it("brings what the registry has", async () => {
    const images = { "redis:7": { origin: "registry" } } as const;
    const { engine } = createSimulator({ images, pull: "listed" });
    await expect(engine.images.inspect("redis:7")).rejects.toMatchObject({ status: 404 });
    const told: string[] = [];
    await engine.images.pull("redis:7", { onProgress: ({ status }) => told.push(status) });
    expect(told[0]).toBe("Pulling from library/redis");
    expect((await engine.images.inspect("redis:7")).RepoTags).toEqual(["redis:7"]);
    await expect(engine.images.pull("redis")).rejects.toMatchObject({ status: 404 });
  });

  it("brings an image under any name, which runs until it is stopped", async () => {
    await using simulator = createSimulator();
    const { engine } = simulator;
    await engine.images.pull("nginx:alpine");
    const run = async (Image: string, Cmd?: string[]) => {
      const { Id } = await engine.containers.create({ Image, ...(Cmd && { Cmd }) });
      await engine.containers.start(Id);
      return Id;
    };
    const web = await run("nginx:alpine");
    const shown = await engine.containers.inspect(web);
    expect(shown.State.Running).toBe(true);
    expect(shown.NetworkSettings.Ports).toEqual({ "80/tcp": null });
    await engine.containers.stop(web);
    expect((await engine.containers.inspect(web)).State).toMatchObject({ Running: false, ExitCode: 0 });

    const other = await run("nginx:alpine", ["nginx-debug", "-g", "daemon off;"]);
    await engine.containers.kill(other, { signal: "HUP" });
    expect((await engine.containers.inspect(other)).State.Running).toBe(true);
    await engine.containers.kill(other);
    expect((await engine.containers.inspect(other)).State.ExitCode).toBe(137);
  });

  it("brings images that have the simulator's programs", async () => {
    await using simulator = createSimulator();
    const { engine } = simulator;
    await engine.images.pull("redis:7");
    const { Id } = await engine.containers.create({ Image: "redis:7", Cmd: ["echo", "hi"] });
    await engine.containers.start(Id);
    // docker-entrypoint.sh gives way to it.
    expect(await engine.containers.wait(Id)).toMatchObject({ StatusCode: 0 });
    const { Id: service } = await engine.containers.create({ Image: "redis:7" });
    await engine.containers.start(service);
    const exec = await engine.exec.create(service, { Cmd: ["hostname"], AttachStdout: true });
    const { stdout } = await collectOutput(await engine.exec.start(exec.Id));
    expect(stdout).toBe(`${service.slice(0, 12)}\n`);
    await expect(
      engine.containers
        .create({ Image: "redis:7", Entrypoint: ["/etc"] })
        .then(({ Id }) => engine.containers.start(Id)),
    ).rejects.toMatchObject({ status: 400 });
  });
});
