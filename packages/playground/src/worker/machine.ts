// The machine of a lesson: a simulator with the docker command and a shell.
import { dockerProgram } from "@dryharbor/docker-cli/program";
import type { Machine, OpenMachine } from "@dryharbor/lessons";
import { collectOutput } from "@dryharbor/sdk/port";
import {
  createSimulator,
  type Program,
  type ReleaseName,
  type Simulator,
  type Snapshot,
} from "@dryharbor/simulator";

/** A machine whose simulator is at hand. */
export interface SimulatedMachine extends Machine {
  readonly simulator: Simulator;
  /** The programs that its host has besides those of a simulator. */
  readonly programs: Readonly<Record<string, Program>>;
}

/** Makes what opens machines of a release. A snapshot brings its own. */
export function machinesOf(release: ReleaseName): OpenMachine {
  return ({ release: asked, snapshot }) =>
    machineOf(createSimulator(snapshot ? { snapshot: snapshot as Snapshot } : { release: asked ?? release }));
}

function machineOf(simulator: Simulator): SimulatedMachine {
  const { engine } = simulator;
  const programs = { docker: dockerProgram(engine, { release: simulator.release }) };
  return {
    engine,
    simulator,
    programs,
    async run(command, typed) {
      const terminal = typed && { rows: 24, columns: 120 };
      const process = await simulator.host.run(command, { programs, ...(terminal && { terminal }) });
      const shown = collectOutput(process);
      if (typed) {
        for (const line of typed) {
          await settled();
          await process.write(`${line}\r`);
        }
      } else {
        await process.end();
      }
      const { stdout, stderr } = await shown;
      return { exitCode: await process.exitCode, stdout: stdout.replaceAll("\r\n", "\n"), stderr };
    },
    snapshot: () => simulator.snapshot(),
    close: () => simulator.close(),
  };
}

/** Waits until a program that has been started is likely to wait for input. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 60));
}
