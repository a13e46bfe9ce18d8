import { readFileSync } from "node:fs";
import type { Program, ProgramTable } from "@dryharbor/kernel";
import {
  changed,
  emptyTree,
  FileSystem,
  Files,
  type Namespaces,
  PidNamespace,
  type ProcessHost,
  rootInode,
  startProcess,
  type Time,
} from "@dryharbor/kernel/host";
import { NetworkStack, ProcessNetwork } from "@dryharbor/kernel/network";
import { describe, expect, it } from "vitest";
import { builtInPrograms } from "../built-in.js";
import { glibc } from "../libc/glibc/lookup.js";
import { seldomPrograms } from "../seldom.js";

const programs: ProgramTable = new Map([...builtInPrograms, ...seldomPrograms]);

interface Recorded {
  argv: [string, ...string[]];
  stdin?: string;
  /** The output, with one character for each byte. */
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
    // As in the image of the engine lab.
    if (!files.exists("/etc")) files.mkdir("/etc");
    files.write("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
    files.write("/etc/group", "root:x:0:\n");
    for (const name of programs.keys()) files.write(`/bin/${name}`, "a program", { mode: 0o777 });
  }),
);

const disk = { size: 2 ** 36, used: 2 ** 32, available: 2 ** 35, inodes: 2 ** 22, usedInodes: 2 ** 17 };

/** The replacement for `sleep`: it resolves at once. */
const time: Time = {
  now: () => 0n,
  after(_, callback) {
    queueMicrotask(callback);
    return () => {};
  },
};

/** The recorded cases send nothing. */
const stack = new NetworkStack({
  time,
  router: { generation: 0, route: () => ({ kind: "no-route", error: "ENETUNREACH" }) },
  namespace: () => ({ interfaces: [], routes: [], loopback6: false }),
});

const namespaces: Namespaces = {
  hostname: recording.hostname,
  files: new Files(new Map([["/", { files: () => system, change: undefined, root: rootInode }]]), () => 0n),
  findProgram: (command) => programs.get(command.replace(/^\.?\/bin\//, "")),
  network: (owner) => new ProcessNetwork(stack, owner),
  resolver: glibc,
  programs,
  machine: { architecture: "x86_64", kernelVersion: "6.12.48", processors: 4, memory: 8_589_934_592, disk },
};

function play({ argv, stdin = "" }: Recorded): Promise<Omit<Recorded, "argv">> {
  const output = { stdout: "", stderr: "" };
  return new Promise((resolve) => {
    const pids = new PidNamespace(time, 7);
    const host: ProcessHost = {
      time,
      pids,
      pid: pids.newPid(),
      parentPid: 0,
      tty: false,
      user: { uid: 0, gid: 0, groups: [0] },
      terminal: undefined,
      session: 0,
      group: 0,
      initialArgv: () => [`/bin/${argv[0]}`, ...argv.slice(1)],
      env: () => recording.env,
      cwd: () => "/",
      namespaces: () => namespaces,
      isFirst: () => false,
      hasInput: () => true,
      inputMayCome: () => true,
      descriptors: () => undefined,
      output(name, data) {
        output[name] += Buffer.from(data).toString("latin1");
        return undefined;
      },
      exited: (code) => resolve({ ...output, code }),
    };
    const process = startProcess(programs.get(argv[0]) as Program, host, false);
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
