// What an image is made of. It is light and there before anything runs: the programs themselves are loaded on demand.
export { busyboxApplets } from "./busybox/applets.js";
export { addBusybox } from "./busybox/image.js";
export { inertProgram } from "./inert.js";
export { builtInProgramsOnDemand, loadBuiltInPrograms, loadProgramsFor } from "./on-demand.js";
export { serviceNames } from "./service-names.js";
