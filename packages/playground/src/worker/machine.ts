// The machine of a lesson: a simulator with the docker command and a shell.
import { type Machine, type OpenMachine, simulatorMachine } from "@dryharbor/lessons";
import {
  createSimulator,
  type Program,
  type ReleaseName,
  type Simulator,
  type Snapshot,
} from "@dryharbor/simulator";
import { dockerProgram } from "./docker-on-demand.js";

/** A machine whose simulator is at hand. */
export interface SimulatedMachine extends Machine {
  readonly simulator: Simulator;
  /** The programs that its host has besides those of a simulator. */
  readonly programs: Readonly<Record<string, Program>>;
}

/** The browser's console, for what is not meant for a learner. */
declare const console: { error(error: unknown): void };

/** Makes what opens machines of a release. A snapshot brings its own. */
export function machinesOf(release: ReleaseName): OpenMachine {
  return ({ release: asked, snapshot }) =>
    machineOf(createSimulator(snapshot ? { snapshot: snapshot as Snapshot } : { release: asked ?? release }));
}

function machineOf(simulator: Simulator): SimulatedMachine {
  const programs = { docker: unbroken(dockerProgram(simulator.engine, { release: simulator.release })) };
  return { ...simulatorMachine(simulator, programs), simulator, programs };
}

/** A mistake of a program is told of in words for a learner. Its details go to the browser's console. */
function unbroken(program: Program): Program {
  const whole: Program = async (process) => {
    try {
      return await program(process);
    } catch (error) {
      console.error(error);
      process.stderr(
        `${process.argv[0]}: this is a mistake of the classroom, not yours.\nThe command could not be carried out. \`undo\` takes back what it has done.\n`,
      );
      return 125;
    }
  };
  if (program.complete) whole.complete = program.complete;
  return whole;
}
