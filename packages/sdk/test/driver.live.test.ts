// Every method of the driver on real engines: DRYHARBOR_ENGINES=unix:///…,unix:///… Each needs the image
// busybox:latest. All that is made here has the prefix `live-sdk`, and is gone afterwards.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collectBytes } from "../src/bytes.js";
import type { DnsQuery } from "../src/dns.js";
import { dockerEngine } from "../src/docker.js";
import type { Engine } from "../src/engine.js";
import {
  AbortError,
  ConflictError,
  ForbiddenError,
  InvalidParameterError,
  NotFoundError,
  TimeoutError,
  UnavailableError,
  UsageError,
} from "../src/errors.js";
import type { EngineEvent } from "../src/events.js";
import type { ImageProgress } from "../src/images.js";
import { openEngine } from "../src/open-engine.js";
import { collectOutput } from "../src/output.js";
import { run } from "../src/run.js";

const hosts = (process.env.DRYHARBOR_ENGINES ?? "").split(",").filter(Boolean);
const image = "busybox:latest";
const label = { "live-sdk": "1" };
const ours = { label: ["live-sdk=1"] };

describe.concurrent.each(hosts)("the driver on %s", (host) => {
  let engine: Engine;
  /** `20.10`, `26.1`, `28.5` */
  let release: string;

  beforeAll(async () => {
    engine = await openEngine(host);
    release = (await engine.system.version()).Version.split(".", 2).join(".");
    await clean();
    await engine.networks.create({ Name: "live-sdk-net", Labels: label });
    await start("live-sdk-web", { HostConfig: { NetworkMode: "live-sdk-net" } });
  });

  afterAll(async () => {
    await clean();
    const left = [
      ...(await engine.containers.list({ all: true, filters: ours })),
      ...(await engine.networks.list({ filters: ours })),
    ];
    expect(left).toEqual([]);
    await engine.close();
  });

  async function clean(): Promise<void> {
    for (const { Id } of await engine.containers.list({ all: true, filters: ours })) {
      await engine.containers.remove(Id, { force: true });
    }
    for (const { Id } of await engine.networks.list({ filters: ours })) await engine.networks.remove(Id);
  }

  async function start(name: string, request: object = {}): Promise<string> {
    const sleeper = { Image: image, Cmd: ["sleep", "600"], Labels: label, StopSignal: "SIGKILL" };
    const { id } = await run(engine, { ...sleeper, ...request }, { name, detach: true });
    return id;
  }

  const shell = (script: string, request: object = {}) => ({
    Image: image,
    Cmd: ["sh", "-c", script],
    Labels: label,
    ...request,
  });

  it.sequential("system", async () => {
    expect(await engine.system.ping()).toMatchObject({
      OSType: "linux",
      ApiVersion: expect.stringMatching(/^1\.\d+$/),
    });
    const version = await engine.system.version();
    expect(version.Components.map(({ Name }) => Name)).toContain("Engine");
    expect(await engine.system.info()).toMatchObject({ ServerVersion: version.Version });
  });

  it.sequential("networks", async () => {
    const { networks } = engine;
    const name = "live-sdk a/b ü";
    const { Id, Warning } = await networks.create({
      Name: name,
      Labels: label,
      CheckDuplicate: true,
      IPAM: { Config: [{ Subnet: "10.213.7.0/24" }] },
    });
    expect(Warning).toBe("");
    await expect(networks.create({ Name: name, CheckDuplicate: true })).rejects.toThrow(ConflictError);
    await expect(networks.create({ Name: "bridge" })).rejects.toMatchObject({
      name: "ForbiddenError",
      message: "operation is not permitted on predefined bridge network ",
    });
    expect(await networks.inspect(name, { verbose: true, scope: "local" })).toMatchObject({
      Id,
      IPAM: { Config: [{ Subnet: "10.213.7.0/24" }] },
    });
    expect(
      (await networks.list({ filters: { name: [name], driver: ["bridge"] } })).map((one) => one.Id),
    ).toEqual([Id]);
    await expect(networks.list({ filters: { dangling: ["zz"] } })).rejects.toThrow(InvalidParameterError);

    const EndpointConfig = { Aliases: ["alias"], IPAMConfig: { IPv4Address: "10.213.7.9" } };
    await networks.connect(Id, { Container: "live-sdk-web", EndpointConfig });
    expect(Object.values((await networks.inspect(Id)).Containers ?? {})[0]!.IPv4Address).toBe(
      "10.213.7.9/24",
    );
    await expect(networks.remove(name)).rejects.toThrow(ForbiddenError);
    await networks.disconnect(Id, { Container: "live-sdk-web", Force: true });
    expect(await networks.prune({ filters: ours })).toEqual({ NetworksDeleted: [name] });
    await expect(networks.inspect(name)).rejects.toMatchObject({
      name: "NotFoundError",
      message: `network ${name} not found`,
    });
    const again = await networks.create({ Name: name, Labels: label });
    await networks.remove(again.Id);
  });

  it.sequential("containers, through all their states", async () => {
    const { containers } = engine;
    const name = "live-sdk-states";
    const { Id, Warnings } = await containers.create(shell("trap exit TERM; sleep 600 & wait"), { name });
    expect(Warnings).toEqual([]);
    await expect(containers.create(shell("true"), { name })).rejects.toThrow(ConflictError);
    const status = async () => (await containers.inspect(`/${name}`)).State.Status;
    expect(await status()).toBe("created");
    expect(await containers.start(Id)).toBe(true);
    expect(await containers.start(Id)).toBe(false);
    await containers.pause(name);
    expect(await status()).toBe("paused");
    await containers.unpause(name);
    const { Titles, Processes } = await containers.top(name, { ps_args: "-o pid,args" });
    expect(Titles).toEqual(["PID", "COMMAND"]);
    expect(Processes.length).toBeGreaterThan(0);
    await containers.restart(name, { t: 0 });
    await containers.kill(name, { signal: "SIGKILL" });
    expect(await containers.wait(name)).toMatchObject({ StatusCode: 137 });
    await containers.start(name);
    const ended = containers.wait(name, { condition: "next-exit", abortSignal: AbortSignal.timeout(60_000) });
    // A stop that overtook the wait on a busy machine would be the exit that it then misses.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await containers.stop(name, { t: 0 })).toBe(true);
    expect(await containers.stop(name)).toBe(false);
    await ended;
    await containers.rename(name, `${name}-2`);
    const [summary] = await containers.list({ all: true, size: true, limit: 1, filters: { id: [Id] } });
    expect(summary).toMatchObject({ Names: [`/${name}-2`], State: "exited" });
    expect((await containers.inspect(Id, { size: true })).SizeRw).toBeTypeOf("number");
    const { ContainersDeleted } = await containers.prune({ filters: ours });
    expect(ContainersDeleted).toContain(Id);
    await expect(containers.remove(Id, { v: true })).rejects.toThrow(NotFoundError);
  });

  it.sequential("waiting, until its signal says otherwise", async () => {
    const late = { abortSignal: AbortSignal.timeout(300) };
    await expect(engine.containers.wait("live-sdk-web", late)).rejects.toThrow(TimeoutError);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    const removed = { condition: "removed", abortSignal: abort.signal } as const;
    await expect(engine.containers.wait("live-sdk-web", removed)).rejects.toThrow(AbortError);
  });

  it.sequential("logs", async () => {
    const { containers } = engine;
    for (const Tty of [false, true]) {
      const result = await run(engine, shell("echo out; sleep 0.1; echo err >&2; exit 3", { Tty }), {
        remove: true,
      });
      expect(result).toMatchObject(
        Tty
          ? { exitCode: 3, stdout: "out\r\nerr\r\n", stderr: "" }
          : { exitCode: 3, stdout: "out\n", stderr: "err\n" },
      );
    }
    const { id } = await run(engine, shell("i=0; while [ $i -lt 2000 ]; do i=$((i+1)); echo line $i; done"));
    const all = await collectOutput(await containers.logs(id, { follow: true, stderr: false }));
    expect(all.stdout.split("\n").length).toBe(2001);
    const last = await collectOutput(
      await containers.logs(id, { tail: 1, timestamps: true, since: 1, until: "4000000000" }),
    );
    expect(last.stdout).toMatch(/^\d{4}-.*Z line 2000\n$/);
    await expect(containers.logs(id, { stdout: false, stderr: false })).rejects.toThrow(
      InvalidParameterError,
    );
    await containers.remove(id);
    await expect(containers.logs(id)).rejects.toThrow(NotFoundError);

    const chatter = await start("live-sdk-chatter", {
      Cmd: ["sh", "-c", "while :; do echo x; sleep 0.1; done"],
    });
    for await (const { stream } of await containers.logs(chatter, { follow: true })) {
      expect(stream).toBe("stdout");
      break;
    }
    await containers.remove(chatter, { force: true });
  });

  it.sequential("exec", async () => {
    const { exec } = engine;
    const attached = { AttachStdin: true, AttachStdout: true, AttachStderr: true };
    const { Id } = await exec.create("live-sdk-web", {
      Cmd: ["sh", "-c", "cat; echo err >&2; exit 3"],
      ...attached,
    });
    expect(await exec.inspect(Id)).toMatchObject({ Running: false, ExitCode: null, OpenStdin: true });
    const process = await exec.start(Id);
    await process.write("some ");
    await process.write(new TextEncoder().encode("input"));
    await process.end();
    expect(await collectOutput(process)).toEqual({ stdout: "some input", stderr: "err\n" });
    expect(await exec.inspect(Id)).toMatchObject({ Running: false, ExitCode: 3 });
    await expect(exec.start("nope")).rejects.toMatchObject({ message: "No such exec instance: nope" });
    await expect(exec.create("live-sdk-web", { Cmd: [] })).rejects.toThrow(InvalidParameterError);

    const big = await exec.create("live-sdk-web", { Cmd: ["wc", "-c"], ...attached });
    const counting = await exec.start(big.Id);
    await counting.write(new Uint8Array(3_000_000));
    await counting.end();
    expect((await collectOutput(counting)).stdout).toBe("3000000\n");

    const tty = await exec.create("live-sdk-web", {
      Cmd: ["sh", "-c", "tty; echo a"],
      Tty: true,
      AttachStdout: true,
    });
    const terminal = await exec.start(tty.Id, { Tty: true });
    expect((await collectOutput(terminal)).stdout).toMatch(/^\/dev\/.*\r\na\r\n$/);

    const deaf = await exec.create("live-sdk-web", { Cmd: ["sleep", "0.3"], AttachStdout: true });
    const sleeping = await exec.start(deaf.Id);
    await sleeping.write(new Uint8Array(1_000_000));
    expect(await collectOutput(sleeping)).toEqual({ stdout: "", stderr: "" });

    const detached = await exec.create("live-sdk-web", { Cmd: ["true"] });
    expect(await collectOutput(await exec.start(detached.Id, { Detach: true }))).toEqual({
      stdout: "",
      stderr: "",
    });

    const missing = await exec.create("live-sdk-web", {
      Cmd: ["nonexistent"],
      AttachStdout: true,
      AttachStderr: true,
    });
    await collectOutput(await exec.start(missing.Id));
    expect((await exec.inspect(missing.Id)).ExitCode).toBe(release === "28.5" ? 127 : 126);
  });

  it.sequential("attach, both ways", async () => {
    const { Id } = await engine.containers.create(
      shell("read line; echo got $line; echo no >&2", { OpenStdin: true, StdinOnce: true }),
    );
    const process = await engine.containers.attach(Id);
    await engine.containers.start(Id);
    const writer = process.writable.getWriter();
    await writer.write("something\n");
    await writer.close();
    expect(await collectOutput(process)).toEqual({ stdout: "got something\n", stderr: "no\n" });

    const again = await engine.containers.attach(Id, { logs: true, stream: false });
    expect(await collectOutput(again)).toEqual({ stdout: "got something\n", stderr: "no\n" });
    await expect(engine.containers.attach("live-sdk-nope")).rejects.toThrow(NotFoundError);
    await expect(engine.containers.attach(Id, { detachKeys: "zz" })).rejects.toThrow(InvalidParameterError);

    const terminal = await engine.containers.create(shell("echo hello", { Tty: true }));
    const shown = await engine.containers.attach(terminal.Id, { stdin: false });
    await engine.containers.start(terminal.Id);
    expect(await collectOutput(shown)).toEqual({ stdout: "hello\r\n", stderr: "" });
  });

  it.sequential("files, stats and images made of containers", async () => {
    const { containers, images } = engine;
    const { archive } = await containers.getArchive("live-sdk-web", "/bin/true");
    await containers.putArchive("live-sdk-web", "/tmp", archive);
    expect(await containers.statArchive("live-sdk-web", "/tmp/true")).toMatchObject({ name: "true" });
    await expect(containers.statArchive("live-sdk-web", "/nope")).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining("Could not find the file /nope in container live-sdk-web"),
    });
    expect(await containers.changes("live-sdk-web")).toContainEqual({ Path: "/tmp/true", Kind: 1 });
    await (await containers.export("live-sdk-web")).cancel();

    expect(await containers.stats("live-sdk-web", { "one-shot": true })).toHaveProperty("memory_stats.usage");
    for await (const { cpu_stats } of await containers.statsStream("live-sdk-web")) {
      expect(cpu_stats.cpu_usage.total_usage).toBeGreaterThan(0);
      break;
    }

    const { Id } = await containers.commit("live-sdk-web", {}, { repo: "live-sdk-image", comment: "why" });
    try {
      expect((await images.history("live-sdk-image"))[0]).toMatchObject({ Id, Comment: "why" });
      const saved = await collectBytes(await images.save(["live-sdk-image"]));
      await images.remove("live-sdk-image");
      const steps: ImageProgress[] = [];
      await images.load(saved, { onProgress: (step) => steps.push(step) });
      expect(steps.map(({ stream }) => stream)).toContain("Loaded image: live-sdk-image:latest\n");
    } finally {
      await images.remove("live-sdk-image", { force: true });
    }
    await expect(images.load(new TextEncoder().encode("no archive"))).rejects.toThrow();
    await expect(images.push("live-sdk-nope")).rejects.toThrow("does not exist locally");
  });

  it.sequential("volumes", async () => {
    const { volumes } = engine;
    const made = await volumes.create({ Name: "live-sdk-volume", Labels: label });
    expect(await volumes.inspect("live-sdk-volume")).toEqual(made);
    expect((await volumes.list({ filters: ours })).Volumes).toEqual([made]);
    const { Volumes } = await engine.system.df();
    expect(Volumes).toContainEqual({ ...made, UsageData: { RefCount: 0, Size: 0 } });
    await volumes.remove("live-sdk-volume");
    await expect(volumes.remove("live-sdk-volume")).rejects.toThrow(NotFoundError);
    await volumes.remove("live-sdk-volume", { force: true });
    const refusal = release === "20.10" ? NotFoundError : UnavailableError;
    await expect(volumes.update("live-sdk-volume", {}, { version: 1 })).rejects.toThrow(refusal);
  });

  it.sequential("what reads a swarm, outside of one", async () => {
    const { swarm, nodes, services, tasks, secrets, configs } = engine;
    const reads = [swarm, nodes, services, tasks, secrets, configs].map((group) =>
      group.inspect("nope" as never),
    );
    const lists = [nodes, services, tasks, secrets, configs].map((group) => group.list());
    for (const answer of await Promise.allSettled([...reads, ...lists, swarm.unlockKey()])) {
      expect(answer).toMatchObject({ status: "rejected", reason: expect.any(UnavailableError) });
    }
  });

  it.sequential("images", async () => {
    const { images } = engine;
    const { Id } = await images.inspect(image);
    expect((await images.list({ all: true, filters: { reference: [image] } })).map((one) => one.Id)).toEqual([
      Id,
    ]);
    await images.tag(image, { repo: "live.sdk/own", tag: "1" });
    expect((await images.inspect("live.sdk/own:1")).Id).toBe(Id);
    expect(await images.remove("live.sdk/own:1", { noprune: true })).toEqual([
      { Untagged: "live.sdk/own:1" },
    ]);
    await expect(images.inspect("live.sdk/own:1")).rejects.toThrow(NotFoundError);
    // Refused before anything is asked of a registry.
    await expect(images.pull("UPPER")).rejects.toThrow(InvalidParameterError);
    await expect(images.pull("localhost:1/live-sdk")).rejects.toThrow(/localhost:1/);
  });

  it.sequential("events", async () => {
    const names = async (events: AsyncIterable<EngineEvent>, last: string) => {
      const seen: string[] = [];
      for await (const { Type, Action } of events) {
        seen.push(`${Type} ${Action}`);
        if (Action === last) break;
      }
      return seen;
    };
    const since = Math.floor(Date.now() / 1000);
    for (let round = 0; round < 5; round++) {
      const events = engine.events({ filters: { network: ["live-sdk-events"] } });
      await events.opened;
      await engine.networks.create({ Name: "live-sdk-events", Labels: label });
      await engine.networks.remove("live-sdk-events");
      expect(await names(events, "destroy")).toEqual(["network create", "network destroy"]);
    }
    const past = engine.events({
      since,
      until: `${Math.floor(Date.now() / 1000) + 1}.5`,
      filters: { network: ["live-sdk-events"] },
    });
    expect((await names(past, "none")).length).toBe(10);
    const refused = engine.events({ since: 5, until: 1 });
    await expect(refused.opened).rejects.toThrow("`since` time (5) cannot be after `until` time (1)");
    const closed = engine.events();
    await closed.opened;
    closed.close();
    expect(await names(closed, "none")).toEqual([]);
  });

  describe.sequential("dns", () => {
    const addressOf = async (container: string, network: string) =>
      (await engine.containers.inspect(container)).NetworkSettings.Networks[network]!.IPAddress;

    it("answers as the container's own resolver does", async () => {
      const db = await start("live-sdk-db", {
        HostConfig: { NetworkMode: "live-sdk-net" },
        NetworkingConfig: {
          EndpointsConfig: { "live-sdk-net": { Aliases: ["store"], Links: ["live-sdk-web:linked"] } },
        },
      });
      const [web, own] = await Promise.all([
        addressOf("live-sdk-web", "live-sdk-net"),
        addressOf(db, "live-sdk-net"),
      ]);
      const found = (...records: string[]) => ({ status: "found", records });
      expect(
        await engine.dns.resolveAll(db, [
          { name: "live-sdk-web" },
          { name: "LIVE-SDK-WEB." },
          { name: "store.live-sdk-net" },
          { name: "linked" },
          { name: "live-sdk-web", type: "AAAA" },
          { name: web, type: "PTR" },
        ]),
      ).toEqual([
        found(web),
        found(web),
        found(own),
        found(web),
        { status: "no-data", records: [] },
        found("live-sdk-web.live-sdk-net"),
      ]);
      // A link is seen by the one that has it.
      expect((await engine.dns.resolve("live-sdk-web", { name: "store" })).records).toEqual([own]);
      expect((await engine.dns.resolve("live-sdk-web", { name: "linked" })).status).not.toBe("found");
      await engine.containers.pause(db);
      expect(await engine.dns.resolve("/live-sdk-db", { name: "store" })).toEqual(found(own));
      await engine.containers.unpause(db);

      const shared = await start("live-sdk-shared", { HostConfig: { NetworkMode: "container:live-sdk-db" } });
      expect(await engine.dns.resolve(shared, { name: "linked" })).toEqual(found(web));
      await engine.containers.remove(shared, { force: true });
      await engine.containers.remove(db, { force: true });
    });

    it("answers more questions than the resolver takes over one connection", async () => {
      const web = await addressOf("live-sdk-web", "live-sdk-net");
      const queries: DnsQuery[] = Array.from({ length: 250 }, () => ({ name: "live-sdk-web" }));
      const answers = await engine.dns.resolveAll("live-sdk-web", queries);
      expect(answers.length).toBe(250);
      expect(new Set(answers.map(({ records }) => records.join()))).toEqual(new Set([web]));
      expect(await engine.dns.resolveAll("live-sdk-web", [])).toEqual([]);
    });

    it("says where there is no reply", async () => {
      await using impatient = dockerEngine({ host, dnsTimeout: 500 });
      const alone = await start("live-sdk-none", { HostConfig: { NetworkMode: "none" } });
      const nobody = { status: "no-reply", records: [] };
      expect(await impatient.dns.resolveAll(alone, [{ name: "a" }, { name: "b" }])).toEqual([nobody, nobody]);
      await engine.containers.remove(alone, { force: true });
      // Without a name server, libc asks the local host.
      const dumb = await start("live-sdk-dumb", {
        HostConfig: { NetworkMode: "none" },
        Cmd: ["sleep", "600"],
      });
      const emptied = await engine.exec.create(dumb, {
        Cmd: ["sh", "-c", "> /etc/resolv.conf"],
        AttachStdout: true,
      });
      await collectOutput(await engine.exec.start(emptied.Id));
      expect(await impatient.dns.resolve(dumb, { name: "a" })).toEqual(nobody);
      await engine.containers.remove(dumb, { force: true });
      const hosted = await start("live-sdk-host", { HostConfig: { NetworkMode: "host" } });
      await impatient.dns.resolve(hosted, { name: "live-sdk-web" });
      await engine.containers.remove(hosted, { force: true });
    });

    it("refuses as the engine does", async () => {
      await expect(engine.dns.resolve("live-sdk-nobody", { name: "a" })).rejects.toMatchObject({
        name: "NotFoundError",
        message: "No such container: live-sdk-nobody",
      });
      const { Id } = await engine.containers.create(shell("true"), { name: "live-sdk-still" });
      await expect(engine.dns.resolve("live-sdk-still", { name: "a" })).rejects.toMatchObject({
        name: "ConflictError",
        message: `${release === "20.10" ? "C" : "c"}ontainer ${Id} is not running`,
      });
      await engine.containers.remove(Id);
      await expect(engine.dns.resolve("live-sdk-web", { name: "a..b" })).rejects.toThrow(UsageError);
      await using other = dockerEngine({ host, probeImage: "localhost:1/live-sdk-missing" });
      await expect(other.dns.resolve("live-sdk-web", { name: "a" })).rejects.toThrow(UsageError);
    });

    it("leaves nothing behind where it is aborted", async () => {
      const { Id } = await engine.containers.inspect("live-sdk-web");
      for (const milliseconds of [1, 50, 150, 300, 450]) {
        const late = { abortSignal: AbortSignal.timeout(milliseconds) };
        const asked = engine.dns.resolve("live-sdk-web", { name: "live-sdk.example" }, late);
        await asked.catch((error) => expect(error).toBeInstanceOf(TimeoutError));
      }
      const probes = await engine.containers.list({ all: true, filters: { label: ["dryharbor.probe"] } });
      expect(probes.filter(({ HostConfig }) => HostConfig.NetworkMode === `container:${Id}`)).toEqual([]);
    });
  });

  it.sequential("a run that fails leaves nothing behind", async () => {
    const name = "live-sdk-failing";
    await expect(run(engine, { ...shell("true"), Cmd: ["nonexistent"] }, { name })).rejects.toThrow(
      /nonexistent/,
    );
    const late = { name, abortSignal: AbortSignal.timeout(500) };
    await expect(run(engine, shell("sleep 600"), late)).rejects.toThrow(TimeoutError);
    await expect(engine.containers.inspect(name)).rejects.toThrow(NotFoundError);
  });

  it.sequential("is refused after it was closed, and its streams end", async () => {
    const other = await openEngine(host);
    const events = other.events();
    await events.opened;
    const waiting = expect(other.containers.wait("live-sdk-web")).rejects.toThrow(AbortError);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await other.close();
    await waiting;
    for await (const _ of events);
    await expect(other.system.ping()).rejects.toThrow(UsageError);
  });
});
