import { type Capability, isCapable } from "../capabilities.js";
import { FileError } from "../files/file-error.js";
import type { Files } from "../files/files.js";
import type { Machine } from "../machine.js";
import { type HostEntry, type LookupOptions, numericResolver } from "../network/resolver.js";
import type { Network } from "../network/sockets.js";
import { pipe } from "../pipes/pipe.js";
import type { Namespaces, ProcessHost } from "./host.js";
import type { OpenFile } from "./open-file.js";
import { openPath } from "./open-path.js";
import type { RunningProcess } from "./process.js";
import type {
  LookupPlace,
  OpenPathOptions,
  ProcessContext,
  ProcessInfo,
  Program,
  ProgramCall,
  ProgramStart,
  ProgramTable,
  SignalHandler,
  StartedProcess,
} from "./program.js";

/**
 * The {@link ProcessContext} of a running process. Most members are made at their first use, so that a
 * sleeping process costs little. Functions are getters that return a bound function, so that a program may
 * destructure the context.
 */
export class Context implements ProcessContext {
  readonly #process: RunningProcess;
  readonly #host: ProcessHost;
  readonly #call: ProgramCall | undefined;
  #env: Readonly<Record<string, string>> | undefined;
  #namespaces: Namespaces | undefined;
  #files: Files | undefined;
  #network: Network | undefined;

  constructor(process: RunningProcess, host: ProcessHost, call: ProgramCall | undefined) {
    this.#process = process;
    this.#host = host;
    this.#call = call;
  }

  get argv(): readonly [string, ...string[]] {
    return this.#call?.argv ?? this.#host.initialArgv();
  }
  get env(): Readonly<Record<string, string>> {
    this.#env ??= this.#call?.env ?? this.#host.env();
    return this.#env;
  }
  get cwd(): string {
    return this.#call?.cwd ?? this.#host.cwd();
  }
  get pid(): number {
    return this.#host.pid;
  }
  get parentPid(): number {
    return this.#host.parentPid;
  }
  get uid(): number {
    return this.#process.user.uid;
  }
  get gid(): number {
    return this.#process.user.gid;
  }
  get groups(): readonly number[] {
    return this.#process.user.groups;
  }

  get capable() {
    return (capability: Capability): boolean => isCapable(this.#process.user, capability);
  }

  get stdin(): AsyncIterable<Uint8Array> {
    return { [Symbol.asyncIterator]: () => this.#input() };
  }
  async *#input(): AsyncGenerator<Uint8Array, void, undefined> {
    const file = this.#process.descriptors().get(0);
    if (!file) throw new FileError("EBADF");
    for (;;) {
      const data = await this.#process.read(file, Number.POSITIVE_INFINITY);
      if (!data) return;
      yield data;
    }
  }
  get stdout() {
    return (data: string | Uint8Array): void => this.#process.output("stdout", data);
  }
  get stderr() {
    return (data: string | Uint8Array): void => this.#process.output("stderr", data);
  }
  get descriptors(): ReadonlyMap<number, OpenFile> {
    return this.#process.descriptors();
  }
  get read() {
    return (file: OpenFile, limit: number): Promise<Uint8Array | undefined> =>
      this.#process.read(file, limit);
  }
  get write() {
    return (file: OpenFile, data: Uint8Array): void => this.#process.writeTo(file, data);
  }
  get caughtUp() {
    return (): Promise<void> => this.#process.caughtUp();
  }
  get pipe() {
    return pipe;
  }
  get redirect() {
    return (descriptor: number, file: OpenFile | undefined): void => this.#process.redirect(descriptor, file);
  }

  get files(): Files {
    this.#files ??= this.#seen.files.with({ cwd: this.cwd, pid: this.pid, ...this.#process.user });
    return this.#files;
  }
  get open() {
    const { cwd, pid, descriptors, files } = this;
    const descriptorsOf = (other: number) => this.#process.descriptorsOf(other);
    return (path: string, options?: OpenPathOptions): OpenFile =>
      openPath({ cwd, pid, descriptors, descriptorsOf, files }, path, options);
  }

  get hostname(): string {
    return this.#seen.hostname;
  }
  get network(): Network {
    this.#network ??= this.#seen.network(this.#process);
    return this.#network;
  }
  get lookup() {
    return (name: string, options?: 4 | 6 | LookupOptions): Promise<HostEntry> => {
      const { resolver = numericResolver } = this.#seen;
      return resolver.lookUp(this, name, typeof options === "object" ? options : { family: options });
    };
  }
  get reverse() {
    return (address: string): Promise<HostEntry | undefined> => {
      const { resolver = numericResolver } = this.#seen;
      return resolver.reverse(this, address);
    };
  }

  get programs(): ProgramTable {
    return this.#seen.programs;
  }
  get findProgram() {
    return (
      command: string,
      from: LookupPlace = { cwd: this.cwd, path: this.env.PATH ?? "" },
    ): Program | undefined => this.#seen.findProgram(command, this.files.with({ cwd: from.cwd }), from.path);
  }
  get start() {
    return (program: Program, start: ProgramStart): StartedProcess => this.#process.start(program, start);
  }
  get become() {
    return (program: Program, call: ProgramCall): Promise<number> => this.#process.become(program, call);
  }
  get processes() {
    return (): readonly ProcessInfo[] => this.#host.pids.infos();
  }
  get kill() {
    return (pid: number, signal: number): boolean => this.#process.kill(pid, signal);
  }
  get onSignal() {
    return (name: string, handler: SignalHandler): void => this.#process.handle(name, handler);
  }
  get killed(): AbortSignal {
    return this.#process.killed;
  }

  get now() {
    return (): bigint => this.#host.time.now();
  }
  get sleep() {
    return (milliseconds: number): Promise<void> => this.#process.sleep(milliseconds);
  }
  get machine(): Machine {
    return this.#seen.machine;
  }

  get #seen(): Namespaces {
    this.#namespaces ??= this.#host.namespaces();
    return this.#namespaces;
  }
}
