import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { builtInPrograms } from "./built-in.js";
import type { ProcessContext } from "./program.js";

interface Recorded {
  argv: [string, ...string[]];
  stdin?: string;
  /** One character a byte. */
  stdout: string;
  stderr: string;
  code: number;
}

interface Recording {
  env: Record<string, string>;
  files: Record<string, string>;
  directories: string[];
  hostname: string;
  cases: Recorded[];
}

const recording: Recording = JSON.parse(
  readFileSync(new URL("../../test/traces/busybox.json", import.meta.url), "utf8"),
);

async function play({ argv, stdin = "" }: Recorded): Promise<Omit<Recorded, "argv">> {
  const output = { stdout: "", stderr: "" };
  const write = (stream: "stdout" | "stderr") => (data: string | Uint8Array) => {
    output[stream] += Buffer.from(typeof data === "string" ? new TextEncoder().encode(data) : data).toString(
      "latin1",
    );
  };
  const context: ProcessContext = {
    argv: [`/bin/${argv[0]}`, ...argv.slice(1)],
    env: recording.env,
    cwd: "/",
    container: {
      hostname: recording.hostname,
      readFile: (path) => recording.files[path] ?? (path.startsWith("/bin/") ? "a program" : undefined),
      isDirectory: (path) => recording.directories.includes(path),
      findProgram: (command) => builtInPrograms.get(command.replace(/^\/bin\//, "")),
      resolve: () => ({ status: "no-reply", records: [] }),
    },
    stdin: (async function* () {
      if (stdin !== "") yield new TextEncoder().encode(stdin);
    })(),
    stdout: write("stdout"),
    stderr: write("stderr"),
    sleep: async () => {},
    killed: new AbortController().signal,
    onSignal: () => {},
  };
  const code = await (builtInPrograms.get(argv[0]) as NonNullable<ReturnType<typeof builtInPrograms.get>>)(
    context,
  );
  return { ...output, code };
}

describe("programs do what the recorded BusyBox did", () => {
  for (const [at, recorded] of recording.cases.entries()) {
    it(`${at}: ${recorded.argv.map((word) => JSON.stringify(word)).join(" ")}`, async () => {
      const { stdout, stderr, code } = recorded;
      expect(await play(recorded)).toEqual({ stdout, stderr, code });
    });
  }
});
