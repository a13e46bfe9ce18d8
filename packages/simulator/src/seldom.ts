// What few programs need. It is one file, loaded with the first call that needs any of it: each file that is loaded by itself
// would split what the others share into more files, which all programs would have to load.
export { containerFiles } from "./engine/container-files.js";
export { containerUsage } from "./engine/container-usage.js";
export { imageFiles } from "./engine/image-files.js";
export { swarmReads } from "./engine/swarm-reads.js";
export { fetchOver } from "./http/fetch.js";
export { httpApi } from "./http/handle.js";
