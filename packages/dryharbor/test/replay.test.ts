// What `dryharbor serve --record` writes, `dryharbor replay` sends again.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openEngine, run } from "@dryharbor/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientOf } from "../src/replay/client.js";
import { differences } from "../src/replay/differences.js";
import { KnownIds } from "../src/replay/known-ids.js";
import { type Recorded, readRecord } from "../src/replay/recorded.js";
import { type Replayed, replay } from "../src/replay/replay.js";
import { atVersion, movedInTime } from "../src/replay/target.js";

const command = fileURLToPath(new URL("../../../tools/dryharbor.mjs", import.meta.url));

describe("a replay", () => {
  let directory: string;
  let record: Recorded[];
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "dryharbor-replay-"));
    const [socket, file] = [join(directory, "docker.sock"), join(directory, "requests.har")];
    const args = [command, "serve", "--release", "26.1", "--host", `unix://${socket}`, "--record", file];
    const server = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve) => server.stdout.once("data", resolve));
    {
      await using engine = await openEngine(`unix://${socket}`);
      await engine.networks.create({ Name: "backend" });
      const sleeper = { Image: "busybox", Cmd: ["sleep", "1000"], HostConfig: { NetworkMode: "backend" } };
      await run(engine, sleeper, { name: "db", detach: true });
      // Which attaches, starts and waits side by side, and names what it has made by its id.
      const ping = { Image: "busybox", Cmd: ["ping", "-c1", "db"], HostConfig: { NetworkMode: "backend" } };
      expect((await run(engine, ping)).exitCode).toBe(0);
      await engine.networks.inspect("backend");
      await engine.containers.list({ all: true });
      await engine.networks.remove("backend").catch(() => {});
    }
    server.kill("SIGTERM");
    await new Promise((resolve) => server.once("close", resolve));
    record = readRecord(file);
  }, 60_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const replayed = async (target: string): Promise<Replayed[]> => {
    const client = clientOf(target);
    try {
      const all: Replayed[] = [];
      for await (const each of replay(client, record, 30_000)) all.push(each);
      return all;
    } finally {
      await client.close();
    }
  };
  const unlike = (all: Replayed[]) => all.filter((each) => each.differences?.length);

  it("is answered alike by the same release, whatever its ids are", async () => {
    const all = await replayed("simulator:26.1");
    expect(all.length).toBeGreaterThan(8);
    expect(unlike(all)).toEqual([]);
  });

  it("shows what another release answers", async () => {
    const told = unlike(await replayed("simulator:20.10")).flatMap((each) => each.differences!);
    // As a client that asks first would: with the newest version that this engine speaks.
    expect(told.map(({ now }) => now).join()).not.toContain("too new");
    expect(told.map(({ place }) => place)).toContain("body[0].NetworkSettings.Networks.backend.DNSNames");
  });

  it("is a command with an exit code", async () => {
    const dryharbor = (...args: string[]) => {
      const program = spawn(process.execPath, [command, "replay", ...args], { cwd: directory });
      let text = "";
      for (const stream of [program.stdout, program.stderr])
        stream.setEncoding("utf8").on("data", (piece: string) => {
          text += piece;
        });
      return new Promise<[unknown, string]>((resolve) =>
        program.once("close", (code) => resolve([code, text])),
      );
    };
    await writeFile(join(directory, "broken.har"), "{");
    await writeFile(join(directory, "other.har"), "{}");
    const [alike, none, broken, other, target] = await Promise.all([
      dryharbor("requests.har", "--engine", "simulator:26.1"),
      dryharbor(),
      dryharbor("broken.har"),
      dryharbor("other.har"),
      dryharbor("requests.har", "--engine", "ssh://there"),
    ]);
    expect(alike).toEqual([
      0,
      expect.stringContaining(`${record.length} requests: ${record.length} answered alike, 0 differently`),
    ]);
    expect(none).toEqual([2, expect.stringContaining("replay needs one record")]);
    expect(broken).toEqual([2, expect.stringContaining("it is not JSON")]);
    expect(other).toEqual([2, expect.stringContaining("other.har is no record")]);
    expect(target).toEqual([2, expect.stringContaining('not to "ssh://there"')]);
  }, 60_000);
});

describe("two answers", () => {
  const answer = (body: unknown, status = 200) => ({
    status,
    contentType: "application/json",
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  });
  const [a, b] = ["a", "b"].map((digit) => digit.repeat(64)) as [string, string];

  it("are alike where only ids, times, MAC addresses and picked ports differ", () => {
    const ids = new KnownIds();
    expect(differences(answer({ Id: a }, 201), answer({ Id: b }, 201), ids)).toEqual([]);
    const shown = (id: string, mac: string, port: number, time: string) => ({
      Id: id,
      Created: time,
      HostnamePath: `/data/${port}/containers/${id}/hostname`,
      Containers: { [id]: { MacAddress: mac, Hostname: id.slice(0, 12) } },
      Ports: { "80/tcp": [{ HostPort: `${port}` }] },
      Status: port === 32768 ? "Up 3 seconds" : "Up Less than a second",
    });
    const one = shown(a, "02:42:ac:12:00:02", 32768, "2026-01-02T03:04:05.6Z");
    const other = shown(b, "de:ad:be:ef:00:01", 49153, "2027-01-02T03:04:05Z");
    expect(differences(answer(one), answer(other), ids)).toEqual([]);
    expect(ids.fill(`/containers/${a.slice(0, 12)}/json`)).toBe(`/containers/${b.slice(0, 12)}/json`);
  });

  it("are not alike where an id is that of another thing, or a time is none", () => {
    const ids = new KnownIds();
    differences(answer({ Id: a }), answer({ Id: b }), ids);
    const swapped = differences(
      answer({ Container: a, At: "2026-01-02T03:04:05Z" }),
      answer({ Container: a, At: "0001-01-01T00:00:00Z" }),
      ids,
    );
    expect(swapped.map(({ place }) => place)).toEqual(["body.Container", "body.At"]);
  });

  it("are told apart by place, in lists by name, and line by line", () => {
    const ids = new KnownIds();
    const names = (...all: string[]) => answer(all.map((Name) => ({ Name, Internal: Name === "b" })));
    expect(differences(names("a", "b"), names("b", "a"), ids)).toEqual([]);
    expect(differences(names("a"), names("a", "b"), ids)).toEqual([
      { place: "body[1]", recorded: undefined, now: '{"Name":"b","Internal":true}' },
    ]);
    expect(differences(answer("one\ntwo\n"), answer("one\nthree\n"), ids)).toEqual([
      { place: "line 2", recorded: '"two"', now: '"three"' },
    ]);
    expect(differences(answer("", 204), answer({ message: "no" }, 404), ids)).toEqual([
      { place: "status", recorded: "204", now: "404" },
      { place: "body", recorded: undefined, now: '{"message":"no"}' },
    ]);
    const frame = (stream: number, text: string) =>
      Buffer.concat([Buffer.from([stream, 0, 0, 0, 0, 0, 0, text.length]), Buffer.from(text)]);
    const framed = (...frames: Buffer[]) => ({ ...answer(""), body: Buffer.concat(frames) });
    // However the engine cuts the output.
    expect(
      differences(
        framed(frame(1, "ab\n"), frame(2, "x")),
        framed(frame(1, "a"), frame(2, "x"), frame(1, "b\n")),
        ids,
      ),
    ).toEqual([]);
  });
});

it("a target moves with time, and speaks a version that the engine knows", () => {
  expect(movedInTime("/events?since=1700000000&until=1700000060.5&x=1700000000", 10_000)).toBe(
    "/events?since=1700000010&until=1700000070.5&x=1700000000",
  );
  expect(atVersion("/v1.51/info", "1.45")).toBe("/v1.45/info");
  expect(atVersion("/v1.9/info", "1.45")).toBe("/v1.9/info");
  expect(atVersion("/info", "1.45")).toBe("/info");
});
