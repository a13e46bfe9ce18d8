// The entry `@dryharbor/sdk/inventory`: what there is on an engine as the requests that make it again, and their carrying out.
export * from "./inventory/inventory.js";
export * from "./inventory/recreate.js";
