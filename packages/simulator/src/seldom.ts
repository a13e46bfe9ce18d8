// What few programs need. It is one file, loaded with the first call that needs any of it: each file that is loaded by itself
// would split what the others share into more files, which all programs would have to load.
export { containerFiles } from "./engine/container-files.js";
export { containerUpkeep } from "./engine/container-upkeep.js";
export { seldomImageCalls } from "./engine/seldom-image-calls.js";
export { swarmReads } from "./engine/swarm-reads.js";
export { systemCalls } from "./engine/system-calls.js";
export { controlFaults } from "./faults/control.js";
export { fetchOver } from "./http/fetch.js";
export { httpApi } from "./http/handle.js";
export { capture } from "./snapshot/capture.js";
export { followState } from "./snapshot/follow.js";
export { sleeping } from "./snapshot/sleeping.js";
