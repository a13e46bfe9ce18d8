// The machine of the tests: a simulator with the docker command of this repository.
import { dockerProgram } from "@dryharbor/docker-cli/program";
import { createSimulator, type Snapshot } from "@dryharbor/simulator";
import { type OpenMachine, simulatorMachine } from "../src/index.js";

export const openSimulated: OpenMachine = ({ release, snapshot }) => {
  const simulator = createSimulator(
    snapshot ? { snapshot: snapshot as Snapshot } : release ? { release } : {},
  );
  return simulatorMachine(simulator, { docker: dockerProgram(simulator) });
};
