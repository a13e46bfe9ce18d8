export { builtInPrograms } from "./built-in.js";
export { imageKit } from "./images/kit.js";
export { resolverOf } from "./libc/resolver-of.js";
export type { Prompt } from "./shell/interactive.js";
export { shellWith } from "./shell/sh.js";
