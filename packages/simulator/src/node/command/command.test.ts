import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Command, dryharbor } from "../../../test/command.js";
import { httpGet, httpRequest } from "../../../test/http-get.js";

let directory: string;
const running: Command[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "dryharbor-"));
});
afterEach(async () => {
  for (const { process } of running.splice(0)) process.kill("SIGKILL");
  await rm(directory, { recursive: true });
});

function start(...args: string[]): Command {
  const command = dryharbor(...args);
  running.push(command);
  return command;
}

describe("dryharbor-simulator serve", { timeout: 30_000 }, () => {
  it("serves on all hosts one engine, and says so once they are ready", async () => {
    const socket = `unix://${join(directory, "docker.sock")}`;
    const command = start(
      "serve",
      "-H",
      socket,
      "--host",
      "tcp://127.0.0.1:0",
      "--release",
      "26.1",
      "--verbose",
    );
    const [first, second] = await command.ready();
    expect(first).toBe(socket);
    expect(second).toMatch(/^tcp:\/\/127\.0\.0\.1:[1-9]\d*$/);
    expect((await httpRequest(socket, "POST", "/networks/create", { Name: "one" })).statusCode).toBe(201);
    expect(await httpGet(second!, "/v1.45/networks/one")).toContain('"Name":"one"');
    command.process.kill("SIGTERM");
    expect(await command.ended).toBe(0);
    expect(await command.output).toBe(`DOCKER_HOST=${first}\nDOCKER_HOST=${second}\n`);
    expect((await command.errors).trim().split("\n")).toEqual([
      expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z POST \/networks\/create 201$/),
      expect.stringMatching(/ GET \/v1\.45\/networks\/one 200$/),
    ]);
  });

  it("pulls what it is told to, also where it goes on from a file", async () => {
    const host = `unix://${join(directory, "docker.sock")}`;
    const pull = async (...more: string[]) => {
      const command = start("serve", "--host", host, "--state", join(directory, "state"), ...more);
      await command.ready();
      const { statusCode } = await httpRequest(host, "POST", "/images/create?fromImage=nginx&tag=1");
      command.process.kill("SIGTERM");
      await command.ended;
      return statusCode;
    };
    expect(await pull("--pull", "deny")).toBe(500);
    expect(await pull()).toBe(500);
    expect(await pull("--pull", "listed")).toBe(404);
    expect(await pull("--pull=any")).toBe(200);
  });

  it("opens published ports, also those of a stored state, until it ends", async () => {
    const host = `unix://${join(directory, "docker.sock")}`;
    const args = ["serve", "--host", host, "--state", join(directory, "state")];
    const first = start(...args);
    await first.ready();
    const web = { Image: "busybox", Cmd: ["sleep", "1000"], ExposedPorts: { "80/tcp": {} } };
    const published = { ...web, HostConfig: { PortBindings: { "80/tcp": [{ HostPort: "" }] } } };
    await httpRequest(host, "POST", "/containers/create?name=web", published);
    await httpRequest(host, "POST", "/containers/web/start");
    const { NetworkSettings } = JSON.parse(await httpGet(host, "/containers/web/json"));
    const port = Number(NetworkSettings.Ports["80/tcp"][0].HostPort);
    const answers = async (): Promise<boolean> => {
      const socket = connect(port, "127.0.0.1");
      try {
        await once(socket, "connect");
        return true;
      } catch {
        return false;
      } finally {
        socket.destroy();
      }
    };
    expect(await answers()).toBe(false);
    first.process.kill("SIGTERM");
    await first.ended;
    const second = start(...args, "--publish");
    await second.ready();
    expect(await answers()).toBe(true);
    second.process.kill("SIGTERM");
    expect(await second.ended).toBe(0);
    expect(await answers()).toBe(false);
  });

  it("breaks streams off, as the engine does, and takes its socket away when it is told to end", async () => {
    const path = join(directory, "docker.sock");
    const host = `unix://${path}`;
    const command = start("serve", "--host", host);
    await command.ready();
    const events = await httpRequest(host, "GET", "/events");
    const brokenOff = expect(text(events)).rejects.toThrow("aborted");
    const made = { Image: "busybox", Cmd: ["sleep", "1000000"] };
    await httpRequest(host, "POST", "/containers/create?name=box", made);
    await httpRequest(host, "POST", "/containers/box/start");
    const waiting = await httpRequest(host, "POST", "/containers/box/wait");
    const waited = expect(text(waiting)).rejects.toThrow("aborted");
    command.process.kill("SIGINT");
    expect(await command.ended).toBe(0);
    await Promise.all([brokenOff, waited]);
    expect(existsSync(path)).toBe(false);
    expect(await command.errors).toBe("");
  });

  it("takes a socket over that a killed process has left, and none that is in use", async () => {
    const host = `unix://${join(directory, "docker.sock")}`;
    const killed = start("serve", "--host", host);
    await killed.ready();
    const second = start("serve", "--host", host);
    expect(await second.ended).toBe(1);
    expect(await second.errors).toMatch(
      /^dryharbor-simulator: \S+ is in use: another process listens on it\. .*\n$/,
    );
    killed.process.kill("SIGKILL");
    await once(killed.process, "exit");
    const third = start("serve", "--host", host);
    expect(await third.ready()).toEqual([host]);
    expect(await httpGet(host, "/_ping")).toBe("OK");
  });

  it("tells which one it is", async () => {
    const command = start("--version");
    expect(await command.ended).toBe(0);
    expect(await command.output).toMatch(
      /^dryharbor-simulator \d+\.\d+\.\d+, plays Docker Engine 20\.10, .*\n$/,
    );
  });

  it("answers what makes no sense with one line that says what to do", async () => {
    const wrong = async (...args: string[]) => {
      const command = start(...args);
      expect(await command.ended).toBe(2);
      expect(await command.output).toBe("");
      return await command.errors;
    };
    expect(
      await Promise.all([
        wrong("srve"),
        wrong("serve"),
        wrong("serve", "--host", "docker.sock"),
        wrong("serve", "--host", "tcp://127.0.0.1:0", "--release", "27"),
        wrong("serve", "--host", "tcp://127.0.0.1:0", "--seed", "x"),
        wrong("serve", "--host", "tcp://127.0.0.1:0", "--pull", "some"),
        wrong("serve", "--host", "tcp://127.0.0.1:0", "--tlsverify", "--tlscacert", "ca.pem"),
        wrong("serve", "--host", "tcp://127.0.0.1:0", "--tlscert", "cert.pem"),
      ]),
    ).toEqual([
      'dryharbor-simulator: unknown command "srve": did you mean serve?\n',
      "dryharbor-simulator: serve needs a host to listen on, as in: dryharbor-simulator serve --host unix:///tmp/docker.sock\n",
      'dryharbor-simulator: "docker.sock" is not an address to listen on: give unix:///path/docker.sock or tcp://127.0.0.1:port\n',
      'dryharbor-simulator: the simulator plays no release "27": choose one of 20.10, 26.1, 28.5, 29\n',
      'dryharbor-simulator: the seed must be a whole number, not "x"\n',
      'dryharbor-simulator: pull must be one of any, listed, deny, not "some"\n',
      "dryharbor-simulator: --tlscacert cannot be read: ENOENT: no such file or directory, open 'ca.pem'\n",
      "dryharbor-simulator: --tlscacert, --tlscert, --tlskey have no effect without --tlsverify: add it\n",
    ]);
  });
});
