import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { UsageError } from "@dryharbor/sdk/port";
import Docker from "dockerode";
import { afterEach, beforeEach, expect, it } from "vitest";
import { httpGet } from "../../test/http-get.js";
import { createSimulator } from "../simulator.js";
import { ListenError } from "./listen/listen-error.js";
import { serve } from "./serve.js";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "serve-"));
});
afterEach(() => rm(directory, { recursive: true }));

it("answers on a unix socket that others cannot write to, until it is closed", async () => {
  const host = `unix://${join(directory, "docker.sock")}`;
  const served = await serve(createSimulator(), { host });
  expect((await stat(join(directory, "docker.sock"))).mode & 0o777).toBe(0o660);
  expect(await httpGet(host, "/_ping")).toBe("OK");
  await served.close();
  await expect(httpGet(host, "/_ping")).rejects.toThrow("ENOENT");
});

it("sends what a container said before it tells that the container has ended", async () => {
  const socketPath = join(directory, "docker.sock");
  const served = await serve(createSimulator(), { host: `unix://${socketPath}` });
  const docker = new Docker({ socketPath });
  for (const Tty of Array.from({ length: 20 }, (_, index) => index % 2 === 0)) {
    const said = new PassThrough();
    let text = "";
    said.on("data", (piece) => {
      text += piece;
    });
    await docker.run("busybox", ["echo", "said"], Tty ? said : [said, said], { Tty });
    expect(text).toBe(Tty ? "said\r\n" : "said\n");
  }
  await served.close();
});

it("answers on a free port of the loopback interface, and on no other interface", async () => {
  const served = await serve(createSimulator(), { host: "tcp://127.0.0.1:0" });
  expect(await httpGet(served.host, "/_ping")).toBe("OK");
  await served.close();
  await expect(serve(createSimulator(), { host: "tcp://0.0.0.0:0" })).rejects.toThrow(UsageError);
  await expect(serve(createSimulator(), { host: "tcp://127.0.0.1.nip.io:0" })).rejects.toThrow(UsageError);
});

it("leaves alone what is no socket of its own, and says what to do", async () => {
  const path = join(directory, "file");
  await writeFile(path, "precious");
  await expect(serve(createSimulator(), { host: `unix://${path}` })).rejects.toThrow(
    new ListenError(`${path} exists and is not a socket: give another path, or move the file away`),
  );
  expect((await stat(path)).size).toBe(8);

  const busy = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => busy.once("listening", resolve));
  const { port } = busy.address() as { port: number };
  await expect(serve(createSimulator(), { host: `tcp://127.0.0.1:${port}` })).rejects.toThrow(
    `cannot listen on tcp://127.0.0.1:${port}: the port is in use. Give another one; port 0 takes any free port`,
  );
  busy.close();

  const nowhere = join(directory, "none");
  await expect(serve(createSimulator(), { host: `unix://${nowhere}/docker.sock` })).rejects.toThrow(
    `the directory ${nowhere} does not exist`,
  );
});
