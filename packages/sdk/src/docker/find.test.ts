import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { UsageError } from "../errors.js";
import { environmentTls, findEngines } from "./find.js";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "dryharbor-"));
  const variables = ["HOST", "CONTEXT", "TLS", "TLS_VERIFY", "CERT_PATH"];
  for (const name of variables) vi.stubEnv(`DOCKER_${name}`, undefined);
  vi.stubEnv("DOCKER_CONFIG", directory);
  vi.stubEnv("XDG_RUNTIME_DIR", undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

function put(file: string, content: unknown): void {
  mkdirSync(dirname(join(directory, file)), { recursive: true });
  writeFileSync(join(directory, file), typeof content === "string" ? content : JSON.stringify(content));
}

function putContext(name: string, docker: object | undefined): string {
  const id = createHash("sha256").update(name).digest("hex");
  put(`contexts/meta/${id}/meta.json`, { Name: name, Metadata: {}, Endpoints: docker ? { docker } : {} });
  return id;
}

describe("where an engine is looked for", () => {
  it("is DOCKER_HOST before all else, taken as TCP where it has no scheme", () => {
    vi.stubEnv("DOCKER_CONTEXT", "there");
    vi.stubEnv("DOCKER_HOST", "unix:///run/other.sock");
    expect(findEngines()).toEqual([{ host: "unix:///run/other.sock", source: "DOCKER_HOST" }]);
    vi.stubEnv("DOCKER_HOST", "docker.example:2375");
    expect(findEngines()).toEqual([{ host: "tcp://docker.example:2375", source: "DOCKER_HOST" }]);
  });

  it("is the context that DOCKER_CONTEXT names, before the current one", () => {
    putContext("one", { Host: "unix:///one.sock", SkipTLSVerify: false });
    putContext("two", { Host: "ssh://me@two" });
    put("config.json", { currentContext: "one" });
    expect(findEngines()).toEqual([
      {
        host: "unix:///one.sock",
        source: `the Docker context "one", from currentContext in ${directory}/config.json`,
      },
    ]);
    vi.stubEnv("DOCKER_CONTEXT", "two");
    expect(findEngines()).toEqual([
      { host: "ssh://me@two", source: 'the Docker context "two", from DOCKER_CONTEXT' },
    ]);
  });

  it("comes with what the context has for TLS", () => {
    const id = putContext("far", { Host: "tcp://far:2376", SkipTLSVerify: false });
    for (const name of ["ca", "cert", "key"]) put(`contexts/tls/${id}/docker/${name}.pem`, name);
    vi.stubEnv("DOCKER_CONTEXT", "far");
    expect(findEngines()[0]!.tls).toEqual({
      ca: Buffer.from("ca"),
      cert: Buffer.from("cert"),
      key: Buffer.from("key"),
      rejectUnauthorized: true,
    });
    putContext("lax", { Host: "tcp://lax:2376", SkipTLSVerify: true });
    vi.stubEnv("DOCKER_CONTEXT", "lax");
    expect(findEngines()[0]!.tls).toEqual({ rejectUnauthorized: false });
  });

  it.each([undefined, {}, { currentContext: "" }, { currentContext: "default" }])(
    "is the default sockets, with the configuration %j",
    (config) => {
      if (config) put("config.json", config);
      vi.stubEnv("XDG_RUNTIME_DIR", "/run/user/1000");
      expect(findEngines().map(({ host }) => host)).toEqual([
        "unix:///var/run/docker.sock",
        expect.stringMatching(/^unix:\/\/.*\/\.docker\/run\/docker\.sock$/),
        "unix:///run/user/1000/docker.sock",
      ]);
    },
  );

  it("says who named a context that is not there, or has no engine", () => {
    put("config.json", { currentContext: "gone" });
    expect(findEngines).toThrow(UsageError);
    expect(findEngines).toThrow(
      /^currentContext in .*config.json names the Docker context "gone", and .* does not have it/,
    );
    putContext("gone", undefined);
    expect(findEngines).toThrow(/has no engine for it/);
    put("config.json", "{");
    expect(findEngines).toThrow(/config.json cannot be read/);
  });
});

describe("TLS by Docker's variables", () => {
  it("is off unless one of them is set", () => {
    expect(environmentTls()).toBeUndefined();
  });

  it("verifies only where DOCKER_TLS_VERIFY is set, with the files of DOCKER_CERT_PATH", () => {
    put("certificates/ca.pem", "ca");
    vi.stubEnv("DOCKER_CERT_PATH", join(directory, "certificates"));
    expect(environmentTls()).toEqual({ ca: Buffer.from("ca"), rejectUnauthorized: false });
    vi.stubEnv("DOCKER_TLS_VERIFY", "1");
    expect(environmentTls()).toEqual({ ca: Buffer.from("ca"), rejectUnauthorized: true });
    vi.stubEnv("DOCKER_CERT_PATH", undefined);
    put("key.pem", "key");
    expect(environmentTls()).toEqual({ key: Buffer.from("key"), rejectUnauthorized: true });
  });

  it("is refused where DOCKER_CERT_PATH has nothing", () => {
    vi.stubEnv("DOCKER_CERT_PATH", join(directory, "nowhere"));
    expect(environmentTls).toThrow(/has none of ca.pem, cert.pem and key.pem/);
  });
});
