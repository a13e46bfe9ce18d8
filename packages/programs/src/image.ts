// What an image is made of. It is light and there before anything runs: the programs themselves, and what is known of
// images, are loaded on demand.
export { busyboxApplets } from "./busybox/applets.js";
export { addBusybox } from "./busybox/image.js";
export type { EntryScript } from "./images/facts.js";
export type { ImageName, ResolvedImage } from "./images/resolve.js";
export { inertProgram } from "./inert.js";
export { networkToolNames } from "./network-tool-names.js";
export {
  builtInProgramsOnDemand,
  isBuiltIn,
  loadBuiltInPrograms,
  loadedImageKit,
  loadProgramsFor,
  resolverOnDemand,
} from "./on-demand.js";
export { PartOnDemand } from "./part-on-demand.js";
export { serviceNames } from "./service-names.js";
