// What an image is made of, without the programs themselves: light, and there before anything runs.
export { busyboxApplets } from "./busybox/applets.js";
export { addBusybox } from "./busybox/image.js";
export { inertProgram } from "./inert.js";
