import { ProgramSet } from "./program-set.js";
import { serviceFiles, serviceNames } from "./service-names.js";

/** The services. They are imported by the package's name, since the simulator bundles this file and not the services. */
export const services = new ProgramSet(
  serviceNames,
  async () => (await import("@dryharbor/programs/services")).servicePrograms,
  serviceFiles,
);
