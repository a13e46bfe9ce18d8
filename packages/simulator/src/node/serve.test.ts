import { mkdtemp, rm, stat } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { createSimulator } from "../simulator.js";
import { serve } from "./serve.js";

const ping = (place: http.RequestOptions): Promise<string> =>
  new Promise((resolve, reject) => {
    http
      .get({ ...place, path: "/_ping", agent: false }, (response) => resolve(text(response)))
      .on("error", reject);
  });

it("answers on a unix socket that others cannot write to, until it is closed", async () => {
  const directory = await mkdtemp(join(tmpdir(), "serve-"));
  const socketPath = join(directory, "docker.sock");
  const served = await serve(createSimulator(), { host: `unix://${socketPath}` });
  expect((await stat(socketPath)).mode & 0o777).toBe(0o660);
  expect(await ping({ socketPath })).toBe("OK");
  await served.close();
  await expect(ping({ socketPath })).rejects.toThrow("ENOENT");
  await rm(directory, { recursive: true });
});

it("answers on a free port of the loopback interface, and on no other interface", async () => {
  const served = await serve(createSimulator(), { host: "tcp://127.0.0.1:0" });
  expect(await ping({ host: "127.0.0.1", port: new URL(served.host).port })).toBe("OK");
  await served.close();
  await expect(serve(createSimulator(), { host: "tcp://0.0.0.0:0" })).rejects.toThrow(TypeError);
});
