// What few programs need. It is one file, loaded with the first call that needs any of it: each file that is loaded by itself
// would split what the others share into more files, which all programs would have to load.
export {
  archiveContainerPath,
  containerChanges,
  exportContainer,
  extractToContainer,
  statContainerPath,
} from "./core/containers/archive.js";
export { loadImages } from "./core/images/load.js";
export { saveImages } from "./core/images/save.js";
export { searchImages } from "./core/images/search.js";
export { commit } from "./engine/commit.js";
export { swarmReads } from "./engine/swarm-reads.js";
export { topOf } from "./engine/top.js";
export { fetchOver } from "./http/fetch.js";
export { httpApi } from "./http/handle.js";
