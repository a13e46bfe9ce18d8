import { dirname } from "node:path";
import { dockerEngine } from "@dryharbor/sdk/docker";
import type { Engine } from "@dryharbor/sdk/port";
import { advanceTo, empty, nextSubnet } from "../src/run/empty.js";

/** An engine at an address, real or simulated, that clients are pointed at. */
export interface Side {
  readonly url: string;
  /** Where it keeps its data, as its answers tell. */
  readonly dataRoot: string;
}

/** A real engine of tools/engine-lab. */
export function labSide(url: string): Side {
  return { url, dataRoot: `${dirname(url.slice("unix://".length))}/data` };
}

/**
 * Empties it and makes it stand where `subnet`, or whatever it stands at, was the last one it chose for a network.
 * @returns that subnet
 */
export async function prepare({ url }: Side, subnet?: string): Promise<string> {
  const engine: Engine = dockerEngine({ host: url });
  try {
    await empty(engine);
    if (subnet === undefined) return await nextSubnet(engine);
    await advanceTo(engine, subnet);
    return subnet;
  } finally {
    await engine.close();
  }
}
