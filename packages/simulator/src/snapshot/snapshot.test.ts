import { virtualTime } from "@dryharbor/kernel/host";
import { collectOutput, type Engine } from "@dryharbor/sdk/port";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { releaseNames } from "../core/releases/row.js";
import { createSimulator, type Simulator } from "../simulator.js";
import { foldChanges } from "./fold.js";
import type { Snapshot } from "./snapshot.js";

/** Returns the snapshot as it comes back from a file. */
const stored = (snapshot: Snapshot): Snapshot => JSON.parse(JSON.stringify(snapshot)) as Snapshot;

/** Removes the clock, which moves even if nothing that is stored changes. */
const withoutClock = ({ state }: Snapshot): object => ({ ...state, clock: "" });

/** An operation, with names that collide. */
type Operation = (engine: Engine) => Promise<unknown>;

const containers = ["c1", "c2", "c3"];
const networks = ["n1", "n2", "bridge", "none", "cfg"];
const container = fc.constantFrom(...containers);
const network = fc.constantFrom(...networks);
const alias = fc.constantFrom("db", "web", "c2");

function operation(make: fc.Arbitrary<[string, Operation]>): fc.Arbitrary<Operation> {
  return make.map(([text, run]) => Object.assign(run, { toString: () => text }));
}

const onContainer = (name: string, run: (engine: Engine, ref: string) => Promise<unknown>) =>
  operation(container.map((ref) => [`${name} ${ref}`, (engine) => run(engine, ref)]));

const operations: fc.Arbitrary<Operation> = fc.oneof(
  operation(
    fc
      .record({
        Name: fc.constantFrom("n1", "n2", "n3", "cfg"),
        Internal: fc.boolean(),
        EnableIPv6: fc.boolean(),
        subnet: fc.constantFrom(undefined, "10.1.0.0/29", "10.1.0.0/24", "10.2.0.0/30"),
        range: fc.constantFrom(undefined, "10.1.0.0/30"),
      })
      .map(({ subnet, range, ...request }) => [
        `create network ${JSON.stringify({ ...request, subnet, range })}`,
        (engine) =>
          engine.networks.create({
            ...request,
            ...(request.Name === "cfg" && { ConfigOnly: true }),
            ...(subnet && { IPAM: { Config: [{ Subnet: subnet, ...(range && { IPRange: range }) }] } }),
          }),
      ]),
  ),
  operation(network.map((ref) => [`remove network ${ref}`, (engine) => engine.networks.remove(ref)])),
  operation(fc.constant(["prune networks", (engine) => engine.networks.prune()])),
  operation(
    fc.tuple(network, container, alias, fc.constantFrom("", "10.1.0.5")).map(([ref, Container, name, ip]) => [
      `connect ${ref} ${Container} ${name} ${ip}`,
      (engine) =>
        engine.networks.connect(ref, {
          Container,
          EndpointConfig: {
            Aliases: [name],
            Links: ["c1:linked"],
            ...(ip && { IPAMConfig: { IPv4Address: ip } }),
          },
        }),
    ]),
  ),
  operation(
    fc
      .tuple(network, container)
      .map(([ref, Container]) => [
        `disconnect ${ref} ${Container}`,
        (engine) => engine.networks.disconnect(ref, { Container }),
      ]),
  ),
  operation(
    fc
      .tuple(
        fc.constantFrom(...containers, undefined),
        network,
        fc.constantFrom("sleep 1000", "false", "echo hi", "nonexist", "sh -c date>>/data/x"),
        fc.constantFrom("", "always", "on-failure"),
        fc.constantFrom("", "18080", "0"),
        fc.constantFrom<string[]>([], ["c1:one"], ["c2:two"]),
        fc.constantFrom<string[]>([], ["v1:/data"], ["v1:/data", "v2:/more"]),
      )
      .map(([name, mode, command, policy, port, links, volumes]) => [
        `create ${name} on ${mode}: ${command} (${policy}, ${port}, ${links}, ${volumes})`,
        (engine) =>
          engine.containers.create(
            {
              Image: "busybox",
              Cmd: command.split(" "),
              ExposedPorts: { "80/tcp": {} },
              HostConfig: {
                NetworkMode: mode,
                RestartPolicy: { Name: policy },
                PortBindings: port ? { "80/tcp": [{ HostPort: port }] } : {},
                Links: links,
                Binds: volumes,
              },
            },
            name === undefined ? {} : { name },
          ),
      ]),
  ),
  { arbitrary: onContainer("start", (engine, ref) => engine.containers.start(ref)), weight: 3 },
  onContainer("stop", (engine, ref) => engine.containers.stop(ref)),
  onContainer("restart", (engine, ref) => engine.containers.restart(ref)),
  onContainer("kill", (engine, ref) => engine.containers.kill(ref)),
  onContainer("pause", (engine, ref) => engine.containers.pause(ref)),
  onContainer("unpause", (engine, ref) => engine.containers.unpause(ref)),
  operation(fc.constant(["remove the image", (engine) => engine.images.remove("busybox", { force: true })])),
  operation(fc.constant(["pull the image", (engine) => engine.images.pull("busybox")])),
  onContainer("remove", (engine, ref) => engine.containers.remove(ref, { force: true })),
  operation(
    fc
      .tuple(container, fc.constantFrom("c1", "c2", "c4"))
      .map(([from, to]) => [`rename ${from} ${to}`, (engine) => engine.containers.rename(from, to)]),
  ),
  operation(
    fc
      .tuple(container, fc.constantFrom("sleep 1000", "echo hi", "none", "sh -c date>>/etc/hosts"))
      .map(([ref, command]) => [
        `exec ${ref} ${command}`,
        async (engine) => {
          const { Id } = await engine.exec.create(ref, { Cmd: command.split(" ") });
          await engine.exec.start(Id, { Detach: true });
          return Id;
        },
      ]),
  ),
  operation(
    fc
      .constantFrom("web", "busybox:old")
      .map((tag) => [
        `tag ${tag}`,
        (engine) => engine.images.tag("busybox", { repo: tag.split(":")[0]!, tag: tag.split(":")[1] ?? "" }),
      ]),
  ),
);

async function outcome(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return { answer: await run() };
  } catch (error) {
    const { status, message } = error as Error & { status?: number };
    return { status, message };
  }
}

/** Returns everything that can be seen of an engine. */
async function look({ engine }: Simulator): Promise<unknown> {
  const all = await engine.containers.list({ all: true });
  const ids = all.map(({ Id }) => Id);
  return {
    all,
    networks: await Promise.all((await engine.networks.list()).map(({ Id }) => engine.networks.inspect(Id))),
    containers: await Promise.all(ids.map((id) => engine.containers.inspect(id))),
    images: await engine.images.list(),
    info: await engine.system.info(),
    logs: await Promise.all(ids.map(async (id) => collectOutput(await engine.containers.logs(id)))),
    names: await Promise.all(
      ids.map((id) =>
        outcome(() =>
          engine.dns.resolveAll(
            id,
            [...containers, "db", "web", "one", "two", "linked", "c4", "10.1.0.2"].map((name) => ({ name })),
          ),
        ),
      ),
    ),
  };
}

async function events({ engine }: Simulator, until: number): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const event of engine.events({ since: 0, until })) seen.push(event);
  return seen;
}

/** Waits long enough for programs that end at once, and no longer. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe.each(releaseNames)("a snapshot of %s", (release) => {
  it("goes on as what it was taken of would have", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(operations, { minLength: 5, maxLength: 30 }),
        fc.array(operations, { minLength: 1, maxLength: 15 }),
        async (before, after) => {
          const time = virtualTime();
          const original = createSimulator({ release, time });
          const beginning = original.snapshot();
          const follower = await original.follow();
          const followed: string[] = [];
          for (const run of before) {
            await outcome(() => run(original.engine));
            await settled();
            followed.push(...[follower.changes() ?? []].flat());
          }
          const snapshot = original.snapshot();
          expect(withoutClock(foldChanges(beginning, followed))).toEqual(withoutClock(snapshot));
          const copy = createSimulator({ snapshot: stored(snapshot), time });
          await settled();
          expect(copy.snapshot()).toEqual(snapshot);
          expect(await look(copy)).toEqual(await look(original));

          for (const run of after) {
            expect(await outcome(() => run(copy.engine))).toEqual(await outcome(() => run(original.engine)));
            await settled();
          }
          expect(await look(copy)).toEqual(await look(original));
          await time.advance(5_000);
          expect(await look(copy)).toEqual(await look(original));
          const now = Number(time.now() / 1_000_000_000n) - 1;
          expect(await events(copy, now)).toEqual(await events(original, now));
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);
});

describe("a snapshot", () => {
  it("keeps the files of an image that is gone, for the containers that stand on it", async () => {
    const original = createSimulator();
    const { engine } = original;
    await engine.images.pull("redis:7");
    await engine.containers.create({ Image: "redis:7" }, { name: "inert" });
    await engine.containers.create({ Image: "busybox", Cmd: ["head", "-1", "/etc/passwd"] }, { name: "c1" });
    for (const image of ["redis:7", "busybox"]) await engine.images.remove(image, { force: true });

    const snapshot = stored(original.snapshot());
    const copy = createSimulator({ snapshot });
    expect(copy.snapshot()).toEqual(snapshot);
    for (const name of ["inert", "c1"]) await copy.engine.containers.start(name);
    await copy.engine.containers.wait("c1");
    expect(await collectOutput(await copy.engine.containers.logs("c1"))).toMatchObject({
      stdout: "root:x:0:0:root:/root:/bin/sh\n",
    });
    expect((await copy.engine.containers.inspect("inert")).State.Running).toBe(true);
  });

  it("keeps what processes made of the engine's files, also when whose they were is gone", async () => {
    const simulator = createSimulator();
    const { engine } = simulator;
    const create = (name: string, NetworkMode: string) =>
      engine.containers.create(
        { Image: "busybox", Cmd: ["sleep", "1000"], HostConfig: { NetworkMode } },
        { name },
      );
    const seen = async ({ engine }: Simulator, name: string, command: string) => {
      const options = { Cmd: ["sh", "-c", command], AttachStdout: true };
      const { Id } = await engine.exec.create(name, options);
      return (await collectOutput(await engine.exec.start(Id))).stdout;
    };
    for (const [name, mode] of [
      ["web", "bridge"],
      ["one", "container:web"],
      ["two", "container:web"],
    ] as const) {
      await create(name, mode);
      await engine.containers.start(name);
    }
    await seen(simulator, "one", "echo 9.9.9.9 mine >> /etc/hosts");
    const copy = createSimulator({ snapshot: stored(simulator.snapshot()) });
    expect(await seen(copy, "web", "tail -n 1 /etc/hosts")).toBe("9.9.9.9 mine\n");
    await copy.engine.containers.remove("web", { force: true });
    const left = createSimulator({ snapshot: stored(copy.snapshot()) });
    const before = await seen(simulator, "web", "cat /etc/resolv.conf /etc/hostname");
    expect(await seen(left, "two", "cat /etc/resolv.conf /etc/hostname")).toBe(before);
    await seen(left, "one", "echo 8.8.8.8 more >> /etc/hosts");
    expect(await seen(left, "two", "tail -n 2 /etc/hosts")).toBe("9.9.9.9 mine\n8.8.8.8 more\n");
  });

  it("starts programs anew, and keeps what they wrote", async () => {
    const time = virtualTime();
    const programs = {
      counter: async ({
        stdout,
        sleep,
      }: {
        stdout(text: string): void;
        sleep(ms: number): Promise<void>;
      }) => {
        for (let count = 1; ; count++) {
          stdout(`${count} ✓\n`);
          await sleep(1000);
        }
      },
    };
    const original = createSimulator({ time, programs });
    for (const name of ["c1", "c2"]) {
      await original.engine.containers.create({ Image: "busybox", Cmd: ["counter"] }, { name });
      await original.engine.containers.start(name);
    }
    await time.advance(1500);
    await original.engine.containers.pause("c2");
    const snapshot = stored(original.snapshot());
    await original.close();
    await time.advance(3000);

    const { engine } = createSimulator({ time, programs, snapshot });
    await time.advance(1000);
    const log = async (name: string) => (await collectOutput(await engine.containers.logs(name))).stdout;
    expect(await log("c1")).toBe("1 ✓\n2 ✓\n1 ✓\n2 ✓\n");
    expect(await log("c2")).toBe("1 ✓\n2 ✓\n");
    expect((await engine.containers.inspect("c1")).State.StartedAt).toMatch(/^2024-01-01T00:00:00\./);
    await engine.containers.unpause("c2");
    expect(await log("c2")).toBe("1 ✓\n2 ✓\n1 ✓\n");
  });

  it("waits once more before a restart that was due", async () => {
    const time = virtualTime();
    const original = createSimulator({ time });
    await original.engine.containers.create(
      { Image: "busybox", Cmd: ["false"], HostConfig: { RestartPolicy: { Name: "on-failure" } } },
      { name: "c1" },
    );
    await original.engine.containers.start("c1");
    await time.advance(100);
    const snapshot = original.snapshot();
    await original.close();
    const { engine } = createSimulator({ time, snapshot });
    expect((await engine.containers.inspect("c1")).State.Status).toBe("restarting");
    await time.advance(199);
    expect((await engine.containers.inspect("c1")).RestartCount).toBe(2);
    await time.advance(1);
    expect((await engine.containers.inspect("c1")).RestartCount).toBe(3);
  });

  it("stays what it is while the engine goes on", async () => {
    const simulator = createSimulator();
    const snapshot = simulator.snapshot();
    const text = JSON.stringify(snapshot);
    await simulator.engine.networks.create({ Name: "n" });
    expect(JSON.stringify(snapshot)).toBe(text);
    const copy = createSimulator({ snapshot });
    await copy.engine.networks.create({ Name: "other" });
    expect(JSON.stringify(snapshot)).toBe(text);
  });

  it("keeps time from going back", async () => {
    const original = createSimulator({ time: virtualTime(2_000_000_000_000_000_000n) });
    await original.engine.networks.create({ Name: "n1" });
    const { engine } = createSimulator({ snapshot: original.snapshot(), time: virtualTime() });
    await engine.networks.create({ Name: "n2" });
    const [first, second] = [await engine.networks.inspect("n1"), await engine.networks.inspect("n2")];
    expect(second.Created).toMatch(/^2033-/);
    expect(second.Created > first.Created).toBe(true);
  });

  it("may have its keys in another order", async () => {
    const simulator = createSimulator();
    const turned = JSON.parse(JSON.stringify(simulator.snapshot()), (_key, value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ) as Snapshot;
    expect((await createSimulator({ snapshot: turned }).engine.networks.list()).length).toBe(3);
  });
});

describe("what is no snapshot", () => {
  const simulator = createSimulator();
  const restore = (snapshot: unknown) => () => createSimulator({ snapshot: snapshot as Snapshot });
  const refused = (pattern: RegExp) =>
    expect.objectContaining({ name: "UsageError", message: expect.stringMatching(pattern) });

  it("is refused, with a word on what is one", () => {
    for (const thing of [null, 5, "snapshot", [], {}, { format: "other" }]) {
      expect(restore(thing)).toThrow(refused(/^this is not a snapshot of a simulator/));
    }
  });

  it("is refused where it is of another version", () => {
    expect(restore({ ...simulator.snapshot(), version: 99 })).toThrow(
      refused(/^this snapshot is of version 99, and this simulator reads version 1/),
    );
  });

  it("is refused beside what a snapshot brings with it", () => {
    expect(() => createSimulator({ snapshot: simulator.snapshot(), release: "28.5" })).toThrow(
      refused(/^a snapshot brings its own release/),
    );
  });

  it("is refused wherever it is damaged", () => {
    const whole = simulator.snapshot();
    const places = paths(whole.state);
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), (path, value) => {
        const damaged = stored(whole);
        const changed = put(damaged.state, path, value);
        if (changed) expect(restore(damaged)).toThrow(refused(/^this snapshot is damaged/));
      }),
    );
  });
});

function paths(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, item]) => paths(item, [...path, key]));
}

/** Sets a value at a path. Returns `false` if the path had that value already. */
function put(root: object, path: readonly string[], value: unknown): boolean {
  let place = root as Record<string, unknown>;
  for (const key of path.slice(0, -1)) place = place[key] as Record<string, unknown>;
  const last = path.at(-1)!;
  if (JSON.stringify(place[last]) === JSON.stringify(value)) return false;
  place[last] = value;
  return true;
}
