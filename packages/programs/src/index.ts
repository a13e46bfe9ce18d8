export { builtInPrograms } from "./built-in.js";
export { busyboxApplets } from "./busybox/applets.js";
export { inertProgram } from "./inert.js";
