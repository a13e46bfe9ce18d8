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

/** Makes what opens machines of a release. A snapshot brings its own. */
export function machinesOf(release: ReleaseName): OpenMachine {
  return ({ release: asked, snapshot }) =>
    machineOf(createSimulator(snapshot ? { snapshot: snapshot as Snapshot } : { release: asked ?? release }));
}

function machineOf(simulator: Simulator): SimulatedMachine {
  const programs = { docker: dockerProgram(simulator) };
  return { ...simulatorMachine(simulator, programs), simulator, programs };
}
