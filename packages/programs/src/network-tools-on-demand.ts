import { networkToolNames } from "./network-tool-names.js";
import { ProgramSet } from "./program-set.js";

/** The network tools. They are imported by the package's name, as the services are. */
export const networkTools = new ProgramSet(
  networkToolNames,
  async () => (await import("@dryharbor/programs/network-tools")).networkToolPrograms,
);
