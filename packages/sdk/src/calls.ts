// Every call of the port as data: its route, where its arguments go, and what it answers.
export type { Answer, AnyCall, HttpMethod, Place } from "./calls/call.js";
export { type CallGroups, calls, everyCall, type NamedCall } from "./calls/calls.js";
export { type UndeclaredRoutes, undeclaredRoutes } from "./calls/undeclared.js";
