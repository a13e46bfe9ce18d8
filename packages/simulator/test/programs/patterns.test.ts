import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSimulator, type Simulator } from "../../src/simulator.js";

interface Recorded {
  argv: string[];
  /** One character for each byte. */
  stdout: string;
  stderr: string;
  code: number;
}

const recording: { cases: Recorded[] } = JSON.parse(
  readFileSync(new URL("../traces/patterns.json", import.meta.url), "utf8"),
);

let simulator: Simulator;
let container: string;

beforeAll(async () => {
  simulator = createSimulator({
    images: { busybox: { config: { Env: ["PATH=/bin"] }, origin: "imported" } },
  });
  const { Id } = await simulator.engine.containers.create({ Image: "busybox", Cmd: ["sleep", "100000"] });
  await simulator.engine.containers.start(Id);
  container = Id;
});

afterAll(() => simulator.close());

async function play(...argv: string[]): Promise<Omit<Recorded, "argv">> {
  const { exec } = simulator.engine;
  const { Id } = await exec.create(container, { Cmd: argv, AttachStdout: true, AttachStderr: true });
  const output = { stdout: "", stderr: "" };
  for await (const { stream: name, data } of await exec.start(Id)) {
    output[name] += Buffer.from(data).toString("latin1");
  }
  return { ...output, code: (await exec.inspect(Id)).ExitCode ?? -1 };
}

describe("programs match what the recorded BusyBox did", () => {
  for (const [at, { argv, ...answer }] of recording.cases.entries()) {
    it(`${at}: ${argv.map((word) => JSON.stringify(word)).join(" ")}`, async () => {
      expect(await play(...argv)).toEqual(answer);
    });
  }
});

describe("programs are not held up", () => {
  const a40 = "a".repeat(40);

  it.each([
    ["grep", `echo ${a40}b | grep -cE '^(a+)+$'`, "0\n"],
    ["grep -o", `echo ${a40}b | grep -oE '(a|aa)+$|(a*)*c'`, ""],
    ["sed", `echo ${a40}b | sed -E 's/^(a|a)*$/x/'`, `${a40}b\n`],
    ["expr", `expr ${a40}b : '\\(\\(a*\\)*\\)c'`, "\n"],
    ["[[ =~ ]]", `[[ ${a40}b =~ '^(a+)+$' ]]; echo $?`, "1\n"],
    ["case", `case ${a40}${a40} in *a*a*a*a*a*a*a*a*a*a*a*a*b) echo yes;; *) echo no;; esac`, "no\n"],
    ["an expansion", `x=${a40}${a40}; echo "\${x//*a*a*a*a*a*a*a*a*a*a*b/y}"`, `${a40}${a40}\n`],
    ["$(…)", "x=$(head -c 200000 /dev/zero | tr '\\0' '\\n'; echo x); echo \"$x\" | wc -l", "200001\n"],
  ])("%s", async (_, script, stdout) => {
    expect(await play("sh", "-c", script)).toMatchObject({ stdout });
  });

  // Without a limit these would take for ever. The program ends as a real one does when memory runs out.
  it.each([
    [`echo ${"a".repeat(3000)} | grep '\\(a*\\)\\(a*\\)\\(a*\\)\\1\\2\\3b'`, "grep: out of memory\n", 2],
    [`echo ${"a".repeat(3000)} | sed 's/\\(a*\\)\\(a*\\)\\(a*\\)\\1\\2\\3b//'`, "sed: out of memory\n", 1],
  ])("%#: by what refers to itself", async (script, stderr, code) => {
    expect(await play("sh", "-c", script)).toEqual({ stdout: "", stderr, code });
  });
});
