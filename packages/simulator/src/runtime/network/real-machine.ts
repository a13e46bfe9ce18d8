import type { HostPort, RealPorts } from "../../core/ports/real-ports.js";

/** The machine that the simulator runs on, where published ports are opened on it. `node/publish` is one. */
export interface RealMachine extends RealPorts {
  /**
   * Tries to listen at ports, and holds those that are free. Resolves when it knows of all of them. Returns
   * `undefined` where it knows already.
   */
  try(ports: readonly HostPort[]): Promise<void> | undefined;
  /** The call that had ports tried has been performed. What it has not published is given back. */
  settle(): void;
}
