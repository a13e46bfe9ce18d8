// The namespaces that the kernel gives to a container's processes. Each question of a process (a file, a
// name, a connection, a program) is passed to the engine's core here, with the container it came from.
// `FirstProcess` and `ExecProcess` make one.

import type { Machine, Network, Program, ProgramTable, Resolver } from "@dryharbor/kernel";
import {
  commandFile,
  type Files,
  findExecutable,
  type Namespaces,
  type PidNamespace,
  type SeenNetwork,
  type SocketOwner,
} from "@dryharbor/kernel/host";
import { resolverOnDemand } from "@dryharbor/programs/image";
import type { Container } from "../core/containers/container.js";
import { processFiles } from "../core/containers/files.js";
import type { Daemon } from "../core/daemon.js";
import { hostnameOf } from "../core/files/hostname.js";
import { machine } from "../core/system/host.js";
import { missingProgram } from "./programs.js";

interface EngineParts {
  readonly daemon: Daemon;
  readonly programs: ProgramTable;
  pids(container: Container): PidNamespace;
  seenNetwork(container: Container): SeenNetwork;
  network(container: Container, owner: SocketOwner): Network;
}

/** Returns the file of a command without symbolic links; `undefined` if there is none. */
function executable(files: Files, command: string, path: string): string | undefined {
  const file = commandFile(files, command, path);
  return file !== undefined && files.exists(file) ? files.realpath(file) : undefined;
}

/** The namespaces of a container's processes, answered from the engine's state of the container. */
export class ContainerNamespaces implements Namespaces {
  readonly #engine: EngineParts;
  readonly #container: Container;
  #files: Files | undefined;

  constructor(engine: EngineParts, container: Container) {
    this.#engine = engine;
    this.#container = container;
  }

  get hostname(): string {
    return hostnameOf(this.#engine.daemon, this.#container);
  }

  get files(): Files {
    const container = this.#container;
    this.#files ??= processFiles(this.#engine.daemon, container, {
      network: () => this.#engine.seenNetwork(container),
      processes: () => this.#engine.pids(container).list(),
      pipeNumber: (pipe) => this.#engine.pids(container).pipeNumber(pipe),
      executable: (command, { PATH = "" }) => executable(this.files, command, PATH),
    });
    return this.#files;
  }

  get resolver(): Resolver {
    return resolverOnDemand(this.files);
  }

  get programs(): ProgramTable {
    return this.#engine.programs;
  }

  get machine(): Machine {
    return machine;
  }

  findProgram(command: string, files: Files, path: string): Program | undefined {
    const { daemon, programs } = this.#engine;
    const { unrunnableExitCode } = daemon.release.containers;
    const missing = missingProgram;
    const lookup = { programs, files, unrunnableExitCode, missing, interpretsText: true };
    return findExecutable(lookup, command, path);
  }

  network(owner: SocketOwner): Network {
    return this.#engine.network(this.#container, owner);
  }
}
