import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { UsageError } from "@dryharbor/sdk/port";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Command, dryharbor } from "../../../test/command.js";
import { httpGet, httpRequest } from "../../../test/http-get.js";
import { createSimulator } from "../../simulator.js";
import { serveControl } from "./serve-control.js";

let directory: string;
const running: Command[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "control-"));
});
afterEach(async () => {
  for (const { process } of running.splice(0)) process.kill("SIGKILL");
  await rm(directory, { recursive: true });
});

/** A `dryharbor serve` with a control, and requests to both. */
async function served(...args: string[]) {
  const host = `unix://${join(directory, "docker.sock")}`;
  const command = dryharbor("serve", "--host", host, "--control", "tcp://127.0.0.1:0", ...args);
  running.push(command);
  const printed = await command.ready();
  const control = printed.find((line) => line.startsWith("DRYHARBOR_CONTROL="))!.split("=")[1]!;
  const asked = async (to: string, method: string, path: string, body?: object) => {
    const response = await httpRequest(to, method, path, body);
    const answer = await text(response);
    return { status: response.statusCode, body: answer === "" ? undefined : JSON.parse(answer) };
  };
  return {
    command,
    host,
    control,
    engine: (method: string, path: string, body?: object) => asked(host, method, path, body),
    ask: (method: string, path: string, body?: object) => asked(control, method, path, body),
  };
}

/** Whether something listens on a port of this machine. */
async function answers(port: number): Promise<boolean> {
  return await httpGet(`tcp://127.0.0.1:${port}`, "/").then(
    () => true,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = http.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

const web = (port: number) => ({
  Image: "busybox",
  Cmd: ["httpd", "-f", "-p", "80"],
  ExposedPorts: { "80/tcp": {} },
  HostConfig: { PortBindings: { "80/tcp": [{ HostPort: String(port) }] } },
});

it("resets and loads what is served: streams end, ports go and come, the address stays", async () => {
  const { engine, ask, host } = await served("--publish", "--state", join(directory, "state"));
  const port = await freePort();
  await engine("POST", "/containers/create?name=web", web(port));
  await engine("POST", "/containers/web/start");
  expect((await ask("PUT", "/snapshots/up")).status).toBe(201);
  expect(await answers(port)).toBe(true);

  const events = await httpRequest(host, "GET", "/events");
  const ended = new Promise<void>((resolve) =>
    events
      .on("close", resolve)
      .on("error", () => {})
      .resume(),
  );
  expect((await ask("POST", "/reset")).status).toBe(204);
  await ended;
  expect((await engine("GET", "/containers/json?all=1")).body).toEqual([]);
  expect(await answers(port)).toBe(false);

  // Another program has the port meanwhile, so the state cannot be loaded, and nothing has changed.
  const other = http.createServer().listen(port, "127.0.0.1");
  await once(other, "listening");
  await engine("POST", "/networks/create", { Name: "kept" });
  const refused = await ask("POST", "/snapshots/up/load");
  expect(refused).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("address already in use") },
  });
  expect((await engine("GET", "/networks/kept")).status).toBe(200);
  other.close();
  await once(other, "close");

  expect((await ask("POST", "/snapshots/up/load")).status).toBe(204);
  expect((await engine("GET", "/containers/json")).body).toMatchObject([{ Names: ["/web"] }]);
  expect(await answers(port)).toBe(true);

  // An engine that is down is back, since it was not down then.
  expect((await ask("POST", "/faults", { engine: "restarting" })).status).toBe(201);
  while (
    await engine("GET", "/info").then(
      () => true,
      () => false,
    )
  )
    await new Promise((go) => setTimeout(go, 20));
  expect((await ask("POST", "/reset", { snapshot: "up" })).status).toBe(204);
  expect((await engine("GET", "/containers/json")).body).toMatchObject([{ Names: ["/web"] }]);
});

it("goes on with the new state in the file", async () => {
  const state = join(directory, "state");
  const first = await served("--state", state, "--time", "virtual");
  await first.engine("POST", "/networks/create", { Name: "before" });
  await first.ask("PUT", "/snapshots/before");
  await first.engine("POST", "/networks/create", { Name: "gone" });
  await first.ask("POST", "/snapshots/before/load");
  await first.engine("POST", "/networks/create", { Name: "after" });
  await first.ask("POST", "/time/advance", { milliseconds: 5_000 });
  await first.engine("POST", "/networks/create", { Name: "later" });
  first.command.process.kill("SIGKILL");
  await first.command.ended;
  const again = await served("--state", state, "--time", "virtual");
  const names = (await again.engine("GET", "/networks")).body.map(({ Name }: { Name: string }) => Name);
  expect(names.sort()).toEqual(["after", "before", "bridge", "host", "later", "none"]);
  expect((await again.ask("GET", "/time")).body).toMatchObject({
    now: expect.stringMatching(/^2024-01-01T00:00:05/),
  });
});

it("lets virtual time pass for health checks and restarts", async () => {
  const { engine, ask } = await served("--time", "virtual");
  const Healthcheck = { Test: ["CMD", "true"], Interval: 30e9 };
  await engine("POST", "/containers/create?name=web", {
    Image: "busybox",
    Cmd: ["sleep", "1000000"],
    Healthcheck,
  });
  await engine("POST", "/containers/create?name=job", {
    Image: "busybox",
    Cmd: ["sh", "-c", "sleep 60; exit 3"],
    HostConfig: { RestartPolicy: { Name: "always" } },
  });
  for (const name of ["web", "job"]) await engine("POST", `/containers/${name}/start`);
  expect((await engine("GET", "/containers/web/json")).body.State.Health.Status).toBe("starting");
  expect((await ask("POST", "/time/advance", { milliseconds: 61_000 })).body.now).toBe(
    "2024-01-01T00:01:01Z",
  );
  expect((await engine("GET", "/containers/web/json")).body.State.Health.Status).toBe("healthy");
  expect((await engine("GET", "/containers/job/json")).body.RestartCount).toBe(1);
});

it("serves forks, each with a control of its own", async () => {
  const { engine, ask, host } = await served();
  await engine("POST", "/networks/create", { Name: "shared" });
  const { body: fork } = await ask("POST", "/forks", { control: "tcp://127.0.0.1:0" });
  expect(fork).toMatchObject({ id: 1, host: host.replace("docker.sock", "docker-fork-1.sock") });
  await httpRequest(fork.host, "DELETE", "/networks/shared");
  expect((await httpRequest(fork.host, "GET", "/networks/shared")).statusCode).toBe(404);
  expect((await engine("GET", "/networks/shared")).status).toBe(200);
  expect((await httpRequest(fork.control, "POST", "/reset")).statusCode).toBe(204);
  expect((await httpRequest(fork.host, "GET", "/networks/shared")).statusCode).toBe(200);
  expect((await ask("POST", "/forks", { host: "tcp://0.0.0.0:0" })).body).toMatchObject({
    status: 422,
    detail: expect.stringContaining("other machines can reach tcp://0.0.0.0:0"),
  });
  expect((await ask("POST", "/forks", { host })).body).toMatchObject({
    status: 409,
    detail: expect.stringContaining("is in use: another process listens on it"),
  });
  expect((await ask("DELETE", "/forks/1")).status).toBe(204);
  await expect(httpGet(fork.host, "/_ping")).rejects.toThrow("ENOENT");
});

it("refuses pages of browsers, also those whose name leads here", async () => {
  const { control } = await served();
  const status = async (headers: Record<string, string>): Promise<number | undefined> => {
    const { hostname, port } = new URL(control);
    return await new Promise((resolve, reject) => {
      http
        .get({ host: hostname, port, path: "/health", agent: false, headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
        .on("error", reject);
    });
  };
  expect(await status({})).toBe(200);
  expect(await status({ Host: "localhost:1" })).toBe(200);
  expect(await status({ Host: "[::1]" })).toBe(200);
  expect(await status({ Host: "rebound.example" })).toBe(403);
  expect(await status({ Host: "127.0.0.1.evil.example" })).toBe(403);
  expect(await status({ Origin: "http://localhost" })).toBe(403);
});

it("listens to nobody else, and says what to do", async () => {
  await using simulator = createSimulator();
  const options = { hosts: [], servers: [], adopt: async () => simulator, common: {} };
  await expect(serveControl({ simulator }, { ...options, address: "tcp://0.0.0.0:0" })).rejects.toThrow(
    UsageError,
  );
  const command = dryharbor("serve", "-H", "tcp://127.0.0.1:0", "--time", "slow");
  expect(await command.ended).toBe(2);
  expect(await command.errors).toBe(
    `dryharbor-simulator: the time is virtual, or the machine's: not "slow"\n`,
  );
});

const docker = ["/usr/bin/docker", "/usr/local/bin/docker"].find(existsSync);

it.skipIf(!docker)("docker: what it waits for ends, and it goes on with the new state", async () => {
  const { ask, host } = await served();
  const env = { ...process.env, DOCKER_HOST: host, DOCKER_CONFIG: directory };
  const run = promisify(execFile);
  const events = spawn(docker!, ["events"], { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(events, "exit");
  const said = text(events.stderr);
  // It is there once it has told of something.
  const told = once(events.stdout, "data");
  const heard = new AbortController();
  while (!heard.signal.aborted) {
    await run(docker!, ["network", "create", "backend"], { env }).catch(() => {});
    await run(docker!, ["network", "rm", "backend"], { env });
    await Promise.race([told.then(() => heard.abort()), new Promise((resolve) => setTimeout(resolve, 50))]);
  }
  await run(docker!, ["network", "create", "backend"], { env });
  await ask("POST", "/reset");
  expect((await ended)[0]).toBe(1);
  expect(await said).toMatch(/EOF|reset by peer/);
  const { stdout } = await run(docker!, ["network", "ls", "--format", "{{.Name}}"], { env });
  expect(stdout.split("\n").sort()).toEqual(["", "bridge", "host", "none"]);
});
