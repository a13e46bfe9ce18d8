import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Command, dryharbor } from "../../../test/command.js";
import { httpGet, httpRequest } from "../../../test/http-get.js";

let directory: string;
let file: string;
let host: string;
const running: Command[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "dryharbor-"));
  file = join(directory, "state");
  host = `unix://${join(directory, "docker.sock")}`;
});
afterEach(async () => {
  for (const { process } of running.splice(0)) process.kill("SIGKILL");
  await rm(directory, { recursive: true, force: true });
});

async function start(...more: string[]): Promise<Command> {
  const command = dryharbor("serve", "--host", host, "--state", file, ...more);
  running.push(command);
  await command.ready();
  return command;
}

async function kill({ process }: Command): Promise<void> {
  process.kill("SIGKILL");
  await once(process, "exit");
}

const post = (path: string, body?: object) => httpRequest(host, "POST", path, body);
const names = async (): Promise<string[]> => {
  const networks = JSON.parse(await httpGet(host, "/networks")) as { Name: string }[];
  return networks.map(({ Name }) => Name).filter((name) => name.startsWith("n"));
};

it("loses nothing that was acknowledged, whenever the process is killed", { timeout: 60_000 }, async () => {
  const acknowledged = new Set(["none"]);
  const asked = new Set(acknowledged);
  for (let round = 0; round < 8; round++) {
    const command = await start();
    const found = new Set(await names());
    expect([...acknowledged].filter((name) => !found.has(name))).toEqual([]);
    expect([...found].filter((name) => !asked.has(name))).toEqual([]);
    let alive = true;
    const client = async (number: number): Promise<void> => {
      for (let count = 0; alive; count++) {
        const name = `n${round}-${number}-${count}`;
        asked.add(name);
        try {
          const made = await post("/networks/create", { Name: name, ConfigOnly: true });
          if (made.statusCode === 201) acknowledged.add(name);
          if (count % 3 === 0) continue;
          const removed = await httpRequest(host, "DELETE", `/networks/${name}`);
          if (removed.statusCode === 204) {
            acknowledged.delete(name);
            asked.delete(name);
          }
        } catch {
          // Killed during a request, which may or may not have been carried out.
          acknowledged.delete(name);
          asked.add(name);
        }
      }
    };
    const clients = [0, 1, 2, 3].map(client);
    await new Promise((resolve) => setTimeout(resolve, 40 + 60 * round));
    await kill(command);
    alive = false;
    await Promise.all(clients);
  }
  expect(acknowledged.size).toBeGreaterThan(20);
});

it("goes on from the file: containers run, and programs begin anew", { timeout: 30_000 }, async () => {
  let command = await start("--release", "26.1", "--seed", "7");
  await post("/networks/create", { Name: "back" });
  await post("/volumes/create", { Name: "data" });
  const config = {
    Image: "busybox",
    Cmd: ["sleep", "1000"],
    HostConfig: { Binds: ["data:/d"], NetworkMode: "back" },
  };
  await post("/containers/create?name=web", config);
  await post("/containers/web/start");
  const said = { Image: "busybox", Cmd: ["echo", "hi"] };
  await post("/containers/create?name=said", said);
  await post("/containers/said/start");
  await text(await post("/containers/said/wait"));
  const look = () =>
    Promise.all(
      [
        "/containers/web/json",
        "/networks/back",
        "/volumes/data",
        "/containers/said/json",
        "/images/json",
      ].map((path) => httpGet(host, path)),
    );
  const before = await look();
  await kill(command);
  command = await start("--release", "26.1", "--seed", "7");
  expect(await look()).toEqual(before);
  expect(await httpGet(host, "/containers/said/logs?stdout=1")).toContain("hi\n");
  expect(await httpGet(host, "/version")).toContain('"26.1.5');
  expect((await post("/containers/web/stop?t=0")).statusCode).toBe(204);
  command.process.kill("SIGTERM");
  expect(await command.ended).toBe(0);
  await start();
  expect(await httpGet(host, "/containers/web/json")).toContain('"Status":"exited"');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it("refuses a file that is in use, of another release, damaged, or none of its own", {
  timeout: 30_000,
}, async () => {
  const command = await start();
  await post("/networks/create", { Name: "one" });
  await post("/networks/create", { Name: "two" });
  const refusal = async (...more: string[]): Promise<string> => await refusalOf(file, ...more);
  const refusalOf = async (path: string, ...more: string[]): Promise<string> => {
    const refused = dryharbor("serve", "--host", "tcp://127.0.0.1:0", "--state", path, ...more);
    running.push(refused);
    expect(await refused.ended).toBe(2);
    return (await refused.errors).replaceAll(file, "FILE");
  };
  expect(await refusal()).toBe(
    "dryharbor-simulator: FILE is in use: another process keeps its state there. End that one, or give another file\n",
  );
  await kill(command);
  expect(await refusal("--release", "20.10")).toBe(
    "dryharbor-simulator: FILE holds an engine of release 29: leave out --release, or give another file\n",
  );

  const whole = await readFile(file);
  // A last record of which a part is missing was never acknowledged.
  await writeFile(file, whole.subarray(0, -5));
  const next = await start();
  expect(await httpGet(host, "/networks/one")).toContain('"Name":"one"');
  await kill(next);

  const damaged = Buffer.from(whole);
  damaged[damaged.indexOf('"busybox"')]! ^= 1;
  await writeFile(file, damaged);
  expect(await refusal()).toMatch(
    /^dryharbor-simulator: FILE is damaged: the record at byte \d+ is not as it was written, and other records follow it\. Restore .*\n$/,
  );
  await rm(file);
  await appendFile(file, "notes\nmore notes\n");
  expect(await refusal()).toBe(
    "dryharbor-simulator: FILE does not hold a simulator's state: give another file\n",
  );
  expect(await refusalOf(join(directory, "nowhere", "state"))).toMatch(
    /^dryharbor-simulator: the state cannot be kept in \S+, because the lock beside it cannot be made: .* the directory \S+ does not exist\. Create it first/,
  );
  expect(await refusalOf(directory)).toMatch(/^dryharbor-simulator: the state in \S+ cannot be read: EISDIR/);
});
