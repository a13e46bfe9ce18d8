import type { DnsAnswer, DnsQuery } from "@dryharbor/sdk/port";
import type { Container } from "../core/containers/container.js";
import { processFiles } from "../core/containers/files.js";
import type { Daemon } from "../core/daemon.js";
import { resolve } from "../core/dns/resolve.js";
import { hostnameFile } from "../core/files/hostname.js";
import type { Files } from "../core/filesystem/files.js";
import type { Connection, NoConnection } from "../programs/connection.js";
import type { ContainerView, LookupPlace, ProcessInfo, Program, ProgramTable } from "../programs/program.js";
import { connect } from "./connect.js";
import { findProgram } from "./lookup.js";
import type { Members } from "./members.js";
import type { Time } from "./time.js";

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
  #files: Files | undefined;

  constructor(engine: EngineView, container: Container) {
    this.#engine = engine;
    this.#container = container;
  }

  get hostname(): string {
    return hostnameFile(this.#engine.daemon, this.#container).trimEnd();
  }

  get files(): Files {
    this.#files ??= processFiles(this.#engine.daemon, this.#container);
    return this.#files;
  }

  findProgram(command: string, { cwd, path }: LookupPlace = { cwd: "/", path: "" }): Program | undefined {
    const { daemon, programs } = this.#engine;
    const { unrunnableExitCode } = daemon.release.containers;
    const files = this.files.with({ cwd });
    return findProgram({ programs, files, path, unrunnableExitCode, interpretsText: true }, command);
  }

  resolve(query: DnsQuery): DnsAnswer {
    return resolve(this.#engine.daemon, this.#container, query);
  }

  connect(address: string, port: number): Connection | NoConnection {
    const { daemon, time } = this.#engine;
    return connect(daemon, time, this.#container, address, port);
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
}
