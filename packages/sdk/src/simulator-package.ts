// The simulator, which is a package of its own and is loaded when somebody asks for it.
import type { Engine } from "./engine.js";
import { UsageError } from "./errors.js";
import type { SimulatorSnapshot } from "./simulator-snapshot.js";

/**
 * The part of the simulator that is used here. The simulator depends on this package, so its types cannot be
 * imported.
 */
interface SimulatorPackage {
  readonly releaseNames: readonly string[];
  createSimulator(options: { readonly release?: string }): {
    readonly engine: Engine;
    snapshot(): SimulatorSnapshot;
    close(): Promise<void>;
  };
}

/** @throws {UsageError} it is not installed */
export async function simulatorPackage(): Promise<SimulatorPackage> {
  // A name in a variable is resolved at run time. Users of real engines need not install the simulator.
  const name: string = "@dryharbor/simulator";
  try {
    return (await import(name)) as SimulatorPackage;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (!code?.endsWith("MODULE_NOT_FOUND") || !message.includes(name)) throw cause;
    throw new UsageError(`the simulator is a package of its own: npm install --save-dev ${name}`, { cause });
  }
}
