// Where the course is played: an engine, and a Docker host that has a docker command and curl.
import { dockerProgram } from "@dryharbor/docker-cli/program";
import { simulatorMachine } from "@dryharbor/lessons";
import { type Engine, UsageError } from "@dryharbor/sdk";
import { createSimulator, type Program, type ReleaseName } from "@dryharbor/simulator";
import type { Seen, Step } from "./lesson.js";

/** A Docker host. */
export interface Host {
  readonly engine: Engine;
  /** Carries out the command of a step as the host's shell does. */
  readonly perform: (step: Pick<Step, "command" | "typed">) => Promise<Seen>;
}

/** A host whose commands run in memory. At its end it closes the engine as well. */
export type HostInMemory = Host & AsyncDisposable;

/**
 * Makes a simulated host, with an engine of a release.
 *
 * @param command the release or version of the docker command. Default: the engine's
 */
export function simulatedHost(release?: ReleaseName, command?: string): HostInMemory {
  const simulator = createSimulator(release === undefined ? {} : { release });
  // At a learner's terminal curl shows no progress. Here its output is no terminal.
  const curl = '#!/bin/sh\nexec /usr/bin/curl -sS "$@"\n';
  simulator.host.files.write("/usr/local/bin/curl", curl, { mode: 0o755 });
  return typing(simulator.engine, simulator, { docker: dockerProgram(simulator, { release: command }) });
}

/**
 * Makes the host of an engine that runs elsewhere. Its shell is a simulated host's, its docker command talks to the
 * engine, and its curl sends requests from this machine.
 *
 * @param fetchPage sends a request, e.g. `http://docker:3000/`
 * @param release of the docker command. Default: the engine's
 */
export function hostOf(
  engine: Engine,
  fetchPage: (url: string) => Promise<Pick<Response, "text">>,
  release?: ReleaseName,
): HostInMemory {
  const curl: Program = async ({ argv: [, address, ...more], stdout, stderr }) => {
    if (address === undefined || more.length > 0) throw new UsageError("curl takes one address here");
    try {
      stdout(await (await fetchPage(`http://${address}/`)).text());
      return 0;
    } catch {
      stderr(`curl: (7) Failed to connect to ${address}\n`);
      return 7;
    }
  };
  return typing(engine, createSimulator(), { docker: dockerProgram(engine, { release }), curl });
}

function typing(
  engine: Engine,
  simulator: ReturnType<typeof createSimulator>,
  programs: Readonly<Record<string, Program>>,
): HostInMemory {
  const machine = simulatorMachine(simulator, programs);
  return {
    engine,
    perform: ({ command, typed }) => machine.run(command, typed),
    async [Symbol.asyncDispose]() {
      await machine.close();
      await engine.close();
    },
  };
}
