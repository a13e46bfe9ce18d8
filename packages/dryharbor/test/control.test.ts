// `dryharbor control`: what it sends, prints and refuses, against `dryharbor serve --control`.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { controlRoutes } from "@dryharbor/simulator/command";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { dryharbor } from "../src/command.js";

const program = fileURLToPath(new URL("../../../tools/dryharbor.mjs", import.meta.url));
let directory: string;
let served: ChildProcess;
let address: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "dryharbor-control-"));
  address = `unix://${directory}/control.sock`;
  const args = [
    "serve",
    "--host",
    `unix://${directory}/docker.sock`,
    "--control",
    address,
    "--time",
    "virtual",
  ];
  served = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  await once(served.stdout!, "data");
}, 60_000);
afterAll(async () => {
  served.kill();
  await once(served, "exit");
  await rm(directory, { recursive: true });
});
afterEach(() => vi.restoreAllMocks());

/** Runs the command in this process. */
async function control(...args: string[]): Promise<{ code: number; output: string; errors: string }> {
  const output = vi.spyOn(console, "log").mockImplementation(() => {});
  const errors = vi.spyOn(console, "error").mockImplementation(() => {});
  vi.stubEnv("DRYHARBOR_CONTROL", address);
  try {
    const code = await dryharbor(["control", ...args]);
    const all = (spy: typeof output): string => spy.mock.calls.map(([line]) => String(line)).join("\n");
    return { code, output: all(output), errors: all(errors) };
  } finally {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  }
}

describe("dryharbor control", () => {
  it("has a command for each route, and its help has each", async () => {
    const { code, output } = await control("--help");
    expect(code).toBe(0);
    for (const { command, summary } of controlRoutes) {
      expect(output).toContain(`  ${command}`);
      expect(output).toContain(summary);
      expect((await control(...command.split(" "), "--help")).output).toContain(summary);
    }
  });

  it("saves, breaks, looks and goes back", async () => {
    expect(JSON.parse((await control("health")).output)).toMatchObject({ status: "ok" });
    expect((await control("snapshots", "save", "clean")).code).toBe(0);
    const fault = '{ "call": "networks.create", "error": { "status": 500, "message": "full" } }';
    expect(JSON.parse((await control("faults", "add", fault)).output)).toMatchObject({ number: 1 });
    expect(JSON.parse((await control("faults", "show", "1")).output)).toMatchObject({ struck: 0 });
    expect(JSON.parse((await control("time", "advance", "60000")).output)).toMatchObject({
      now: "2024-01-01T00:01:00Z",
    });
    expect((await control("topology", "--format", "mermaid")).output).toMatch(/^flowchart/);
    expect(await control("reset", "--snapshot", "clean")).toEqual({ code: 0, output: "", errors: "" });
    expect((await control("faults", "list")).output).toBe("[]");
    expect((await control("--control", address, "time", "show")).output).toContain("2024-01-01T00:00:00Z");
  });

  it.each([
    [[], 2, "no command was given: see dryharbor control --help"],
    [["snapshot"], 2, 'unknown command "snapshot": did you mean snapshots?'],
    [["snapshots"], 2, "control snapshots needs one of list, save, show, delete, load"],
    [["snapshots", "sav"], 2, 'unknown command "snapshots sav": did you mean save?'],
    [["snapshots", "save"], 2, "snapshots save needs NAME, as in: dryharbor control snapshots save NAME"],
    [["snapshots", "save", "a", "b"], 2, '"b" is too much: dryharbor control snapshots save NAME'],
    [["snapshots", "save", "a/b"], 2, "name must be a name of letters"],
    [["time", "advance", "soon"], 2, 'milliseconds must be a number from 0 to 31622400000, not "soon"'],
    [["faults", "add", "{"], 2, "this is no JSON: give such as '{"],
    [["topology", "--format", "png"], 2, 'format must be one of json, mermaid, svg, text, not "png"'],
    [["calls", "list", "--format", "svg"], 2, "unknown option --format"],
    [["snapshots", "load", "none"], 1, 'there is no snapshot "none"'],
    [["faults", "add", '{"engine":"on fire"}'], 1, "this is no fault: engine must be"],
    [
      ["health", "--control", "tcp://127.0.0.1:1"],
      1,
      "nobody listens at tcp://127.0.0.1:1: start dryharbor serve",
    ],
  ])("says of %j what to do", async (args, code, message) => {
    const found = await control(...args);
    expect(found).toMatchObject({ code, output: "" });
    expect(found.errors).toContain(`dryharbor: ${message}`);
  });

  it("says that something else answers", async () => {
    const { code, errors } = await control("--control", `unix://${directory}/docker.sock`, "health");
    expect(code).toBe(1);
    expect(errors).toContain("what answers there is no control of dryharbor");
  });
});
