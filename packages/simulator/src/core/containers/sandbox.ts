import type { Daemon } from "../daemon.js";
import { newId } from "../id.js";
import { noPorts } from "../ports/publish.js";
import type { Sandbox } from "./container.js";

/** Makes a network namespace with nothing attached. */
export function newSandbox({ random }: Daemon): Sandbox {
  return {
    id: newId(random),
    nextInterface: 0,
    ports: noPorts,
    publishedThrough: null,
    gateway: null,
  };
}
