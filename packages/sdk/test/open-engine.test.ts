import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AbortError, ConnectionError, UsageError } from "../src/errors.js";
import { openEngine } from "../src/open-engine.js";
import { serve } from "./server.js";

beforeEach(() => {
  for (const name of ["HOST", "CONTEXT", "TLS", "TLS_VERIFY", "CERT_PATH"])
    vi.stubEnv(`DOCKER_${name}`, undefined);
  vi.stubEnv("DOCKER_CONFIG", "/nowhere");
});

afterEach(() => vi.unstubAllEnvs());

const pong = {
  "Api-Version": "1.51",
  Ostype: "linux",
  "Docker-Experimental": "false",
  "Builder-Version": "2",
};

describe("openEngine", () => {
  it("opens the engine at an address, or the one that the environment names", async () => {
    await using served = await serve((_, response) => response.writeHead(200, pong).end("OK"));
    vi.stubEnv("DOCKER_HOST", served.host);
    for (const target of [served.host, undefined]) {
      await using engine = await openEngine(target);
      expect(await engine.system.ping()).toEqual({
        ApiVersion: "1.51",
        OSType: "linux",
        Experimental: false,
        BuilderVersion: "2",
      });
    }
  });

  it("opens engines over TCP", async () => {
    const server = createServer((request, response) => response.end(request.headers.host));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    for (const scheme of ["tcp", "http"]) await (await openEngine(`${scheme}://127.0.0.1:${port}`)).close();
    server.close();
  });

  it("lists what it tried where nothing answers", async () => {
    vi.stubEnv("DOCKER_HOST", "unix:///nowhere/docker.sock");
    const error = await openEngine().catch((error) => error);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toContain("no Docker Engine answered; tried:");
    expect(error.message).toContain("unix:///nowhere/docker.sock (DOCKER_HOST): connect ENOENT");
    expect(error.message).toContain('openEngine("simulator")');
    expect(error.cause).toBeInstanceOf(ConnectionError);
  });

  it("stops where its signal says", async () => {
    await using served = await serve(() => {});
    const abort = new AbortController();
    const opening = openEngine(served.host, { abortSignal: abort.signal });
    setTimeout(() => abort.abort(), 20);
    await expect(opening).rejects.toThrow(AbortError);
  });

  it.each([
    "/var/run/docker.sock",
    "docker.example:2375",
    "ftp://host",
    "tcp://",
    "tcp://host/path",
    "unix://",
    "",
  ])("refuses %j, and says what is accepted", async (target) => {
    const opening = openEngine(target);
    await expect(opening).rejects.toThrow(UsageError);
    await expect(opening).rejects.toThrow("unix:///path/docker.sock, npipe:////./pipe/name, tcp://host:port");
  });

  it("says that the environment is at fault where docker-modem stumbles over it", async () => {
    vi.stubEnv("DOCKER_HOST", "tcp://[");
    await expect(openEngine("unix:///nowhere")).rejects.toThrow(
      /DOCKER_HOST or DOCKER_CERT_PATH cannot be used/,
    );
  });

  // The whole simulator is compiled on the way.
  it("opens a simulator, of the newest release or of one that there is", { timeout: 60_000 }, async () => {
    for (const [target, version] of [
      ["simulator", /^29\./],
      ["simulator:20.10", /^20\.10\./],
    ] as const) {
      const engine = await openEngine(target);
      expect((await engine.system.version()).Version).toMatch(version);
      await engine.close();
      await expect(engine.system.ping()).rejects.toThrow(UsageError);
    }
    await expect(openEngine("simulator:1.0")).rejects.toThrow(UsageError);
  });
});
