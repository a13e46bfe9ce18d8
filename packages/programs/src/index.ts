export { builtInPrograms } from "./built-in.js";
