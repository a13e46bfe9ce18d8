import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { changed } from "../core/filesystem/changed.js";
import { FileSystem } from "../core/filesystem/file-system.js";
import { Files } from "../core/filesystem/files.js";
import { emptyTree, rootInode } from "../core/filesystem/tree.js";
import { Members } from "../runtime/members.js";
import { type ProcessHost, startProcess } from "../runtime/process.js";
import type { Time } from "../runtime/time.js";
import { builtInPrograms } from "./built-in.js";
import type { ContainerView, Program } from "./program.js";

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

const system = new FileSystem(
  changed(emptyTree, (files) => {
    for (const path of recording.directories) files.makeDirectories(path);
    for (const [path, text] of Object.entries(recording.files)) files.write(path, text);
    for (const name of builtInPrograms.keys()) files.write(`/bin/${name}`, "a program", { mode: 0o777 });
  }),
);

const view: ContainerView = {
  hostname: recording.hostname,
  files: new Files(new Map([["/", { files: () => system, change: undefined, root: rootInode }]]), () => 0n),
  findProgram: (command) => builtInPrograms.get(command.replace(/^\.?\/bin\//, "")),
  resolve: () => ({ status: "no-reply", records: [] }),
  connect: () => ({ problem: "Network is unreachable", milliseconds: 0 }),
  processes: () => [],
  now: () => 0n,
};

/** Nobody waits here. */
const time: Time = {
  now: () => 0n,
  after(_, callback) {
    queueMicrotask(callback);
    return () => {};
  },
};

function play({ argv, stdin = "" }: Recorded): Promise<Omit<Recorded, "argv">> {
  const output = { stdout: "", stderr: "" };
  return new Promise((resolve) => {
    const members = new Members(time);
    const host: ProcessHost = {
      time,
      members,
      pid: members.newPid(),
      parentPid: 0,
      tty: false,
      user: { uid: 0, gid: 0 },
      terminal: undefined,
      session: 0,
      group: 0,
      initialArgv: () => [`/bin/${argv[0]}`, ...argv.slice(1)],
      env: () => recording.env,
      cwd: () => "/",
      view: () => view,
      isFirst: () => false,
      hasInput: () => true,
      files: () => undefined,
      output(name, data) {
        output[name] += Buffer.from(data).toString("latin1");
        return undefined;
      },
      exited: (code) => resolve({ ...output, code }),
    };
    const process = startProcess(builtInPrograms.get(argv[0]) as Program, host, false);
    process.write(new TextEncoder().encode(stdin));
    process.endInput();
  });
}

describe("programs do what the recorded BusyBox did", () => {
  for (const [at, recorded] of recording.cases.entries()) {
    it(`${at}: ${recorded.argv.map((word) => JSON.stringify(word)).join(" ")}`, async () => {
      const { stdout, stderr, code } = recorded;
      expect(await play(recorded)).toEqual({ stdout, stderr, code });
    });
  }
});
