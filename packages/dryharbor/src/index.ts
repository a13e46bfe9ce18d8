// The entry `dryharbor`: the command as a function.
export { dryharbor } from "./command.js";
