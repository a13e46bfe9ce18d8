import { FileError, type Listener, type ProcessContext, type Program } from "@dryharbor/kernel";
import { Accounts } from "../../busybox/accounts.js";
import { killProblem } from "../../busybox/kill.js";
import { type Answer, serveEach, serveMessages } from "../../http/messages.js";
import { checkOf, checkWhole, type Resolved } from "./check.js";
import { type Configuration, readConfiguration, type Scope } from "./configuration.js";
import { errorNumber } from "./errors.js";
import { Logs } from "./log.js";
import { type ListenAddress, type Server, serverFor, serversOf } from "./model.js";
import { fromWire, hostOf, type RequestState } from "./request.js";
import { letAskForFiles, respond, respondToNoRequest, type Serving } from "./respond.js";
import { ConfigurationError } from "./statements.js";
import type { Worker } from "./static-files.js";

const usage = `Usage: nginx [-?hvVtTq] [-s signal] [-p prefix]
             [-e filename] [-c filename] [-g directives]

Options:
  -?,-h         : this help
  -v            : show version and exit
  -V            : show version and configure options then exit
  -t            : test configuration and exit
  -T            : test configuration, dump it and exit
  -q            : suppress non-error messages during configuration testing
  -s signal     : send signal to a master process: stop, quit, reopen, reload
  -p prefix     : set prefix path (default: /etc/nginx/)
  -e filename   : set error log file (default: /var/log/nginx/error.log)
  -c filename   : set configuration file (default: /etc/nginx/nginx.conf)
  -g directives : set global directives out of configuration file

`;

/** The signals of `-s`. */
const signals: Readonly<Record<string, number>> = { stop: 15, quit: 3, reopen: 10, reload: 1 };

/** What the command line says. */
interface CommandLine {
  readonly shows: "usage" | "version" | "build" | undefined;
  readonly tests: "test" | "dump" | undefined;
  readonly isQuiet: boolean;
  readonly signal: string | undefined;
  readonly file: string;
  readonly globals: string;
}

/** `nginx`: a web server and proxy, as its image configures it. */
export const nginx: Program = async (process) => {
  const commandLine = readCommandLine(process.argv.slice(1));
  if (typeof commandLine === "string") {
    process.stderr(`nginx: ${commandLine}\n`);
    return 1;
  }
  const version = versionOf(process);
  const { shows, tests, signal } = commandLine;
  if (shows) {
    process.stderr(`nginx version: nginx/${version}\n${shows === "usage" ? usage : ""}`);
    if (shows === "build") {
      process.stderr(
        "built by gcc 12.2.0 (Debian 12.2.0-14+deb12u1) \nbuilt with OpenSSL 3.0.16 11 Feb 2025\n" +
          "TLS SNI support enabled\nconfigure arguments: --prefix=/etc/nginx --sbin-path=/usr/sbin/nginx " +
          "--conf-path=/etc/nginx/nginx.conf --error-log-path=/var/log/nginx/error.log " +
          "--http-log-path=/var/log/nginx/access.log --pid-path=/run/nginx.pid\n",
      );
    }
    return 0;
  }
  const logs = new Logs(process);
  const stopped = stopOf(process);
  const read = await Promise.race([load(process, commandLine), stopped]);
  if (typeof read === "number") return read;
  if ("problem" in read) {
    for (const warning of read.warnings) logs.error("warn", warning);
    if (tests && read.isSyntaxOk && !commandLine.isQuiet)
      process.stderr(`nginx: the configuration file ${commandLine.file} syntax is ok\n`);
    logs.error("emerg", read.problem);
    if (tests) process.stderr(`nginx: configuration file ${commandLine.file} test failed\n`);
    else process.stderr("");
    return 1;
  }
  for (const warning of read.warnings) logs.error("warn", warning);
  if (tests) {
    if (!commandLine.isQuiet) {
      process.stderr(
        `nginx: the configuration file ${commandLine.file} syntax is ok\n` +
          `nginx: configuration file ${commandLine.file} test is successful\n`,
      );
    }
    if (tests === "dump") {
      for (const { path, text } of read.configuration.files)
        process.stdout(`# configuration file ${path}:\n${text}\n`);
    }
    return 0;
  }
  const { main } = read.configuration;
  if (signal !== undefined) return sendSignal(process, logs, main, signal);
  const master: Program = (own) => new Master(own, commandLine, version).run();
  const argv = [`nginx: master process ${process.argv.join(" ")}`] as const;
  const { env, cwd } = process;
  if (main.isOn("daemon", true)) {
    process.start(master, { argv, env, cwd, descriptors: process.descriptors, group: "own" });
    return 0;
  }
  return process.become(master, { argv, env, cwd });
};

/** Resolves to 0 when the process is asked to end before it serves. */
function stopOf(process: ProcessContext): Promise<number> {
  return new Promise((resolve) => {
    for (const name of ["SIGTERM", "SIGINT", "SIGQUIT"]) process.onSignal(name, () => resolve(0));
  });
}

function versionOf({ env }: ProcessContext): string {
  return /^\d+\.\d+\.\d+$/.test(env.NGINX_VERSION ?? "") ? (env.NGINX_VERSION as string) : "1.29.0";
}

function readCommandLine(args: readonly string[]): CommandLine | string {
  let shows: CommandLine["shows"];
  let tests: CommandLine["tests"];
  let isQuiet = false;
  let signal: string | undefined;
  let file = "/etc/nginx/nginx.conf";
  let globals = "";
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith("-")) return `invalid option: "${word}"`;
    for (let at = 1; at < word.length; at++) {
      const letter = word[at] as string;
      if ("?h".includes(letter)) shows = "usage";
      else if (letter === "v") shows ??= "version";
      else if (letter === "V") shows = "build";
      else if (letter === "t") tests ??= "test";
      else if (letter === "T") tests = "dump";
      else if (letter === "q") isQuiet = true;
      else if ("pecgs".includes(letter)) {
        const value = at + 1 < word.length ? word.slice(at + 1) : rest.shift();
        const needs = { p: "directory name", e: "file name", c: "file name", g: "parameter", s: "parameter" }[
          letter
        ];
        if (value === undefined) return `option "-${letter}" requires ${needs}`;
        if (letter === "c") file = value.startsWith("/") ? value : `/etc/nginx/${value}`;
        if (letter === "g") globals = value;
        if (letter === "s") {
          if (!Object.hasOwn(signals, value)) return `invalid option: "-s ${value}"`;
          signal = value;
        }
        break;
      } else return `invalid option: "${letter}"`;
    }
  }
  return { shows, tests, isQuiet, signal, file, globals };
}

type Loaded =
  | {
      readonly configuration: Configuration;
      readonly resolved: Resolved;
      readonly warnings: readonly string[];
    }
  | { readonly problem: string; readonly isSyntaxOk: boolean; readonly warnings: readonly string[] };

async function load(process: ProcessContext, { file, globals }: CommandLine): Promise<Loaded> {
  const resolved: Resolved = new Map();
  try {
    const configuration = await readConfiguration(process, file, globals, checkOf(process, resolved));
    const isComplete = configuration.main.childrenNamed("events").length > 0;
    await checkWhole(process, configuration, resolved).catch((error: unknown) => {
      throw !isComplete && error instanceof ConfigurationError ? new Incomplete(error.message) : error;
    });
    return { configuration, resolved, warnings: conflictsIn(serversOf(configuration.main)) };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { problem: error.message, isSyntaxOk: error instanceof Incomplete, warnings: [] };
  }
}

/** What is wrong is not the syntax. */
class Incomplete extends ConfigurationError {}

function conflictsIn(servers: readonly Server[]): string[] {
  const seen = new Set<string>();
  const warnings: string[] = [];
  for (const { listens, names } of servers) {
    for (const { address, port } of listens) {
      for (const name of names.length > 0 ? names : [""]) {
        const key = `${name} ${address}:${port}`;
        if (seen.has(key))
          warnings.push(`conflicting server name "${name}" on ${shown(address, port)}, ignored`);
        seen.add(key);
      }
    }
  }
  return warnings;
}

function shown(address: string, port: number): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

function pidFileOf(main: Scope): string {
  return main.value("pid") ?? "/run/nginx.pid";
}

function sendSignal(process: ProcessContext, logs: Logs, main: Scope, name: string): number {
  logs.error("notice", "signal process started", main);
  const path = pidFileOf(main);
  let pid: number;
  try {
    pid = Number.parseInt(new TextDecoder().decode(process.files.read(path)), 10);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    logs.error("error", `open() "${path}" failed (${errorNumber(error)}: ${error.message})`);
    return 1;
  }
  if (Number.isNaN(pid)) {
    logs.error("error", `invalid PID number "" in "${path}"`);
    return 1;
  }
  const problem = killProblem(process, pid, signals[name] as number);
  if (problem === undefined) return 0;
  const number = problem === "No such process" ? 3 : 1;
  logs.error("alert", `kill(${pid}, ${signals[name]}) failed (${number}: ${problem})`);
  return 1;
}

/** In milliseconds: between tries to bind an address that is taken. */
const bindPause = 500;

/** The first process: it has the sockets and the configuration. Its workers are there to be seen. */
class Master {
  readonly #process: ProcessContext;
  readonly #commandLine: CommandLine;
  readonly #version: string;
  readonly #logs: Logs;
  readonly #listeners = new Map<string, Listener>();
  readonly #counts = { connections: 0, accepted: 0, requests: 0, active: 0 };
  #configuration: Configuration | undefined;
  #serving: Serving | undefined;
  #servers: readonly Server[] = [];
  #workers: number[] = [];
  #end: (code: number) => void = () => {};
  #fail: (error: unknown) => void = () => {};

  constructor(process: ProcessContext, commandLine: CommandLine, version: string) {
    this.#process = process;
    this.#commandLine = commandLine;
    this.#version = version;
    this.#logs = new Logs(process);
  }

  async run(): Promise<number> {
    const { machine, pid, files } = this.#process;
    const ended = new Promise<number>((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
    const loaded = await Promise.race([load(this.#process, this.#commandLine), stopOf(this.#process)]);
    if (typeof loaded === "number") return loaded;
    if ("problem" in loaded) {
      this.#logs.error("emerg", loaded.problem);
      return 1;
    }
    if (!(await this.#use(loaded.configuration, loaded.resolved))) return 1;
    this.#onSignals();
    const main = this.#main();
    this.#notice(
      `using the "${main.childrenNamed("events")[0]?.scope.value("use") ?? "epoll"}" event method`,
    );
    this.#notice(`nginx/${this.#version}`);
    const isAlpine = files.exists("/etc/alpine-release");
    this.#notice(
      `built by gcc ${isAlpine ? "14.2.0 (Alpine 14.2.0)" : "12.2.0 (Debian 12.2.0-14+deb12u1)"} `,
    );
    this.#notice(`OS: Linux ${machine.kernelVersion}`);
    this.#notice("getrlimit(RLIMIT_NOFILE): 1048576:1048576");
    try {
      files.write(pidFileOf(main), `${pid}\n`);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const cause = `(${errorNumber(error)}: ${error.message})`;
      this.#logs.error("emerg", `open() "${pidFileOf(main)}" failed ${cause}`, main);
      return 1;
    }
    this.#startWorkers();
    return ended;
  }

  #main(): Scope {
    return (this.#configuration as Configuration).main;
  }

  #notice(message: string, pid?: number): void {
    this.#logs.error("notice", message, this.#main(), pid);
  }

  /** Goes on with a configuration. Resolves to whether all its addresses could be listened on. */
  async #use(configuration: Configuration, resolved: Resolved): Promise<boolean> {
    const process = this.#process;
    const servers = serversOf(configuration.main);
    const wanted = new Map(
      servers.flatMap(({ listens }) => listens).map((each) => [shown(each.address, each.port), each]),
    );
    const opened = await this.#open(configuration.main, wanted);
    if (!opened) return false;
    for (const [name, listener] of this.#listeners) {
      if (wanted.has(name)) continue;
      listener.close();
      this.#listeners.delete(name);
    }
    this.#configuration = configuration;
    this.#servers = servers;
    this.#serving = {
      process,
      logs: this.#logs,
      resolved,
      turns: new Map(),
      worker: workerOf(process, configuration.main),
      version: this.#version,
      counts: this.#counts,
    };
    for (const [name, listener] of opened) {
      this.#listeners.set(name, listener);
      const { isTls, address, port } = wanted.get(name) as ListenAddress;
      if (isTls)
        this.#logs.error(
          "warn",
          `TLS is not simulated: connections to ${name} are closed`,
          configuration.main,
        );
      serveEach(listener, async (connection) => {
        if (!isTls) await this.#serve(connection, address, port);
      }).catch((error: unknown) => {
        if (!(error instanceof FileError && error.code === "EBADF")) this.#fail(error);
      });
    }
    return true;
  }

  async #open(
    main: Scope,
    wanted: ReadonlyMap<string, ListenAddress>,
  ): Promise<ReadonlyMap<string, Listener> | undefined> {
    const opened = new Map<string, Listener>();
    for (let tries = 0; tries < 5; tries++) {
      let isTaken = false;
      for (const [name, { address, port }] of wanted) {
        if (this.#listeners.has(name) || opened.has(name)) continue;
        try {
          opened.set(
            name,
            this.#process.network.listen(port, { address, backlog: 511, onlyIPv6: address.includes(":") }),
          );
        } catch (error) {
          if (!(error instanceof FileError)) throw error;
          this.#logs.error(
            "emerg",
            `bind() to ${name} failed (${errorNumber(error)}: ${error.message})`,
            main,
          );
          if (error.code !== "EADDRINUSE") return undefined;
          isTaken = true;
        }
      }
      if (!isTaken) return opened;
      this.#logs.error("notice", "try again to bind() after 500ms", main);
      await this.#process.sleep(bindPause);
    }
    this.#logs.error("emerg", "still could not bind()", main);
    return undefined;
  }

  async #serve(
    connection: Parameters<typeof serveMessages>[0],
    address: string,
    port: number,
  ): Promise<void> {
    const counts = this.#counts;
    counts.accepted++;
    counts.active++;
    counts.connections++;
    const number = counts.connections;
    const serving = this.#serving as Serving;
    const servers = this.#servers.filter(({ listens }) =>
      listens.some((each) => each.address === address && each.port === port),
    );
    const states = new WeakMap<Answer, RequestState>();
    const begin = (line: string, incoming: RequestState["incoming"]): RequestState => {
      counts.requests++;
      const state = this.#newState({ line, incoming, number, connection, server: servers[0] as Server });
      state.server = serverFor(servers, port, hostOf(state));
      letAskForFiles(state, serving.process);
      return state;
    };
    const answered = async (state: RequestState, answering: Promise<Answer>): Promise<Answer> => {
      const answer = await answering;
      states.set(answer, state);
      return answer;
    };
    try {
      await serveMessages(connection, {
        idle: idleOf(servers[0] as Server),
        answer(incoming) {
          const state = begin(incoming.head.firstLine, incoming);
          return answered(state, respond(serving, state));
        },
        refuse(line = "") {
          const state = begin(line, undefined);
          return answered(state, respondToNoRequest(serving, state));
        },
        sent: (answer) => this.#logs.access(states.get(answer) as RequestState),
      });
    } finally {
      counts.active--;
    }
  }

  #newState(of: {
    line: string;
    incoming: RequestState["incoming"];
    number: number;
    connection: Parameters<typeof serveMessages>[0];
    server: Server;
  }): RequestState {
    const { hostname, now, pid } = this.#process;
    return {
      incoming: of.incoming,
      line: fromWire(of.line),
      connection: of.number,
      client: of.connection.remote,
      local: of.connection.local,
      now,
      hostname,
      version: this.#version,
      pid: this.#workers[0] ?? pid,
      server: of.server,
      location: undefined,
      uri: "/",
      args: "",
      method: of.incoming?.method ?? "",
      captures: [],
      groups: {},
      variables: new Map(),
      upstream: undefined,
      status: 0,
      bodyBytes: 0,
      sentHeaders: [],
      redirects: 0,
    };
  }

  #startWorkers(): void {
    const main = this.#main();
    const asked = main.value("worker_processes") ?? "1";
    const count = asked === "auto" ? this.#process.machine.processors : Math.max(Number(asked), 1);
    this.#notice("start worker processes");
    const { uid, gid } = workerOf(this.#process, main);
    const idle: Program = async (worker) => {
      for (const name of ["SIGHUP", "SIGINT"]) worker.onSignal(name, "ignore");
      await worker.sleep(Number.POSITIVE_INFINITY);
      return 0;
    };
    for (let number = 0; number < count; number++) {
      const { env, descriptors } = this.#process;
      const { pid } = this.#process.start(idle, {
        argv: ["nginx: worker process"],
        env,
        cwd: "/",
        descriptors,
        user: { uid, gid, groups: [gid] },
      });
      this.#workers.push(pid);
      this.#notice(`start worker process ${pid}`);
    }
  }

  #stopWorkers(workers: readonly number[], isGraceful: boolean): void {
    for (const pid of workers) {
      if (isGraceful) this.#notice("gracefully shutting down", pid);
      this.#notice("exiting", pid);
      this.#notice("exit", pid);
      this.#process.kill(pid, 9);
    }
    for (const pid of workers) {
      this.#notice(`signal 17 (SIGCHLD) received from ${pid}`);
      this.#notice(`worker process ${pid} exited with code 0`);
    }
    if (isGraceful && workers.length > 0) this.#notice("signal 29 (SIGIO) received");
  }

  #onSignals(): void {
    const process = this.#process;
    const stop = (number: number, name: string, how: string, isGraceful: boolean): void => {
      process.onSignal(name, () => {
        this.#notice(`signal ${number} (${name}) received, ${how}`);
        for (const listener of this.#listeners.values()) listener.close();
        this.#stopWorkers(this.#workers, isGraceful);
        this.#notice("exit");
        process.files.unlink(pidFileOf(this.#main()));
        this.#end(0);
      });
    };
    stop(15, "SIGTERM", "exiting", false);
    stop(2, "SIGINT", "exiting", false);
    stop(3, "SIGQUIT", "shutting down", true);
    process.onSignal("SIGHUP", () => void this.#reload());
    process.onSignal("SIGUSR1", () => {
      this.#notice("signal 10 (SIGUSR1) received, reopening logs");
      this.#notice("reopening logs");
      this.#logs.reopen();
    });
    for (const name of ["SIGPIPE", "SIGWINCH"]) process.onSignal(name, "ignore");
  }

  async #reload(): Promise<void> {
    this.#notice("signal 1 (SIGHUP) received, reconfiguring");
    this.#notice("reconfiguring");
    const loaded = await load(this.#process, this.#commandLine);
    if ("problem" in loaded) {
      this.#logs.error("emerg", loaded.problem, this.#main());
      return;
    }
    if (!(await this.#use(loaded.configuration, loaded.resolved))) return;
    this.#notice('using the "epoll" event method');
    const before = this.#workers;
    this.#workers = [];
    this.#startWorkers();
    this.#stopWorkers(before, true);
  }
}

function workerOf({ files, uid, gid }: ProcessContext, main: Scope): Worker {
  const name = main.value("user") ?? "nobody";
  const account = new Accounts(files).userNamed(name);
  // Only root can become another user.
  return uid === 0 && account ? { uid: account.uid, gid: account.gid } : { uid, gid };
}

function idleOf({ scope }: Server): number {
  const value = scope.value("keepalive_timeout") ?? "75";
  return Number.parseInt(value, 10) * (value.endsWith("ms") ? 1 : 1000);
}
