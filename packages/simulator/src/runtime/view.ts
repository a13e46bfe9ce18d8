import type { DnsAnswer, DnsQuery } from "@dryharbor/sdk/port";
import { isDirectory } from "../core/containers/command.js";
import type { Container } from "../core/containers/container.js";
import type { Daemon } from "../core/daemon.js";
import { resolve } from "../core/dns/resolve.js";
import { hostnameFile } from "../core/files/hostname.js";
import { hostsFile } from "../core/files/hosts.js";
import { resolvConf } from "../core/files/resolv-conf.js";
import type { ContainerView, ProcessInfo, Program, ProgramTable } from "../programs/program.js";
import { findProgram } from "./lookup.js";
import type { Members } from "./members.js";
import type { Time } from "./time.js";

const files: ReadonlyMap<string, (daemon: Daemon, container: Container) => string> = new Map([
  ["/etc/hostname", hostnameFile],
  ["/etc/hosts", hostsFile],
  ["/etc/resolv.conf", (daemon: Daemon, container: Container) => resolvConf(daemon, container).text],
]);

interface EngineView {
  readonly daemon: Daemon;
  readonly programs: ProgramTable;
  readonly time: Time;
  members(container: Container): Members;
}

/** What processes see of their container. */
export class SimulatedView implements ContainerView {
  readonly #engine: EngineView;
  readonly #container: Container;

  constructor(engine: EngineView, container: Container) {
    this.#engine = engine;
    this.#container = container;
  }

  get hostname(): string {
    return hostnameFile(this.#engine.daemon, this.#container).trimEnd();
  }

  readFile(path: string): string | undefined {
    return files.get(path)?.(this.#engine.daemon, this.#container);
  }

  isDirectory(path: string): boolean {
    return isDirectory(this.#executables, path);
  }

  findProgram(command: string): Program | undefined {
    if (command.includes("/") && !this.#executables.has(command)) return undefined;
    return findProgram(this.#engine.programs, command);
  }

  resolve(query: DnsQuery): DnsAnswer {
    return resolve(this.#engine.daemon, this.#container, query);
  }

  processes(): readonly ProcessInfo[] {
    const members = this.#engine.members(this.#container).list();
    return members.map((member) => {
      const { pid, parentPid, tty, startedAt } = member;
      return { pid, parentPid, tty, startedAt, argv: member.argv() };
    });
  }

  now(): bigint {
    return this.#engine.time.now();
  }

  get #executables(): ReadonlySet<string> {
    return this.#engine.daemon.images.get(this.#container.imageId)?.executables ?? new Set();
  }
}
