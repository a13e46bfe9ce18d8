// A machine for tests: processes with files and a network of their own, on which programs of this package run.
import type { Network, Program } from "@dryharbor/kernel";
import {
  changed,
  emptyTree,
  FileSystem,
  Files,
  type Namespaces,
  NetworkStack,
  type OutputName,
  PidNamespace,
  type Process,
  type ProcessHost,
  ProcessNetwork,
  type Router,
  rootInode,
  startProcess,
  Terminal,
  type Time,
} from "@dryharbor/kernel/host";
import { glibc } from "../../src/libc/glibc/lookup.js";

/** How a process is started. */
interface Start {
  /** With one character for each byte. */
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the process has a terminal. What is typed goes to {@link Running.type}. */
  readonly tty?: boolean;
}

/** A process that has been started. */
export interface Running {
  /** The output so far, with one character for each byte. */
  readonly output: Readonly<Record<OutputName, string>>;
  readonly ended: Promise<number>;
  type(keys: string): void;
  signal(number: number): void;
}

/** The machine: it starts programs, and one can be in its network without a process. */
export interface TestMachine {
  readonly network: Network;
  run(program: Program, argv: readonly [string, ...string[]], start?: Start): Running;
}

/** Everything that is sent stays on the machine. */
const loopback: Router = {
  generation: 0,
  route: (from, { destination }) => {
    if (!destination.address.startsWith("127.")) return { kind: "no-route", error: "ENETUNREACH" };
    const hop = { device: "lo", address: "", mac: "" };
    const local = "127.0.0.1";
    return { kind: "delivered", local, out: hop, to: from, source: local, destination, in: hop, routers: [] };
  },
};

/** Makes a machine. */
export function testMachine(time: Time, files: Readonly<Record<string, string>> = {}): TestMachine {
  const namespace = () => ({ interfaces: [], routes: [], loopback6: true });
  const stack = new NetworkStack({ router: loopback, time, namespace });
  const system = new FileSystem(
    changed(emptyTree, (root) => {
      for (const path of ["/data", "/etc", "/proc/sys/vm", "/proc/sys/net/core"]) root.makeDirectories(path);
      root.write("/etc/hosts", "127.0.0.1 localhost\n");
      root.write("/proc/sys/vm/overcommit_memory", "0\n");
      root.write("/proc/sys/net/core/somaxconn", "4096\n");
      for (const [path, text] of Object.entries(files)) root.write(path, text);
    }),
  );
  const disk = { size: 2 ** 36, used: 2 ** 32, available: 2 ** 35, inodes: 2 ** 22, usedInodes: 2 ** 17 };
  const mount = { files: () => system, change: () => system, root: rootInode };
  const namespaces: Namespaces = {
    hostname: "test",
    files: new Files(new Map([["/", mount]]), () => time.now()),
    resolver: glibc,
    findProgram: () => undefined,
    stack,
    programs: new Map(),
    machine: { architecture: "x86_64", kernelVersion: "6.12.48", processors: 4, memory: 8_589_934_592, disk },
  };
  const pids = new PidNamespace(time, 1);
  return {
    network: new ProcessNetwork(stack, { pid: 0, running: () => undefined, atEnd: () => () => {} }),
    run: (program, argv, start) => run(program, argv, start ?? {}, { time, pids, namespaces }),
  };
}

function run(
  program: Program,
  argv: readonly [string, ...string[]],
  { stdin, env = {}, tty = false }: Start,
  { time, pids, namespaces }: Pick<ProcessHost, "time" | "pids"> & { readonly namespaces: Namespaces },
): Running {
  const output = { stdout: "", stderr: "" };
  let process: Process | undefined;
  const terminal = new Terminal({
    echo: (data) => {
      output.stdout += Buffer.from(data).toString("latin1");
    },
    line: (data) => process?.write(data),
    endOfFile: () => process?.markEndOfInput(),
    signal: (number) => process?.signal(number),
  });
  const pid = pids.newPid();
  const ended = new Promise<number>((resolve) => {
    const host: ProcessHost = {
      time,
      pids,
      pid,
      parentPid: 0,
      tty,
      user: { uid: 0, gid: 0, groups: [] },
      terminal: tty ? terminal : undefined,
      session: pid,
      group: pid,
      initialArgv: () => argv,
      env: () => env,
      cwd: () => "/data",
      namespaces: () => namespaces,
      isFirst: () => pid === 1,
      hasInput: () => true,
      inputMayCome: () => true,
      descriptors: () => undefined,
      output(name, data) {
        output[name] += Buffer.from(data).toString("latin1");
        return undefined;
      },
      exited: (code) => resolve(code),
    };
    process = startProcess(program, host, false);
  });
  if (!tty) {
    if (stdin !== undefined) process?.write(Buffer.from(stdin, "latin1"));
    process?.endInput();
  }
  return {
    output,
    ended,
    type: (keys) => terminal.type(Buffer.from(keys, "latin1")),
    signal: (number) => process?.signal(number),
  };
}
