// The entry `@dryharbor/kernel/path-list`: lists of patterns that name files, as tools have them to leave files out. Whoever
// reads none does not load it.
export { PathList } from "./path-list.js";
