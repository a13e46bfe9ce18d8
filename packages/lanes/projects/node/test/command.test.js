// The command `dryharbor`, as npm has put it into node_modules/.bin.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { it } from "node:test";
import Docker from "dockerode";

const bin = (name) => new URL(`../node_modules/.bin/${name}`, import.meta.url).pathname;

async function output(name, args, input = "") {
  const child = spawn(bin(name), args);
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code, stdout, stderr };
}

it("--help", async () => {
  const { code, stdout } = await output("dryharbor", ["--help"]);
  assert.equal(code, 0);
  assert.match(stdout, /shell/);
  assert.match(stdout, /serve/);
});

it("dryharbor-conformance --help", async () => {
  const { stdout } = await output("dryharbor-conformance", ["--help"]);
  assert.match(stdout, /grade/);
});

it("a wrong word gets one line and a status", async () => {
  const { code, stdout, stderr } = await output("dryharbor", ["nothing"]);
  assert.notEqual(code, 0);
  assert.equal(stdout, "");
  assert.doesNotMatch(stderr, /\n +at /);
});

it("shell carries out piped commands", async () => {
  const input = "docker network create backend >/dev/null\ndocker network ls --format '{{.Name}}'\n";
  const { code, stdout, stderr } = await output("dryharbor", ["shell"], input);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  assert.match(stdout, /^backend\nbridge\nhost\nnone$/m);
});

it("serve answers dockerode until SIGTERM", async () => {
  const directory = await mkdtemp(join(tmpdir(), "lane-"));
  const socketPath = `${directory}/docker.sock`;
  const child = spawn(bin("dryharbor"), ["serve", "--host", `unix://${socketPath}`]);
  const [line] = await once(createInterface(child.stdout), "line");
  assert.equal(line, `DOCKER_HOST=unix://${socketPath}`);
  const docker = new Docker({ socketPath });
  await docker.createNetwork({ Name: "backend" });
  assert.equal((await docker.getNetwork("backend").inspect()).Driver, "bridge");
  child.kill("SIGTERM");
  assert.deepEqual(await once(child, "close"), [0, null]);
  assert.deepEqual(await readdir(directory), []);
  await rm(directory, { recursive: true });
});
