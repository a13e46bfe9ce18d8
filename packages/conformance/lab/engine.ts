import { dockerEngine } from "@dryharbor/sdk/docker";
import type { Engine } from "@dryharbor/sdk/port";
import { type ReleaseName, releaseNames } from "@dryharbor/simulator";
import { labAsker } from "./asker.js";
import { dnsThrough } from "./dns.js";

/** A real engine and which release it is. */
export interface LiveEngine {
  readonly engine: Engine;
  readonly release: ReleaseName;
}

/** Opens a real engine; one of the lab is asked for names in the fast way. */
export async function openLive(url: string): Promise<LiveEngine> {
  const asker = await labAsker(url);
  const engine: Engine = asker
    ? dockerEngine({ host: url, dns: dnsThrough(asker, () => engine.containers) })
    : dockerEngine({ host: url });
  const close = async () => {
    await engine.close();
    asker?.close();
  };
  try {
    const { Version } = await engine.system.version();
    return {
      engine: { ...engine, close, [Symbol.asyncDispose]: close },
      release: releaseOf(Version),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function releaseOf(version: string): ReleaseName {
  const release = releaseNames.find((name) => version.startsWith(`${name}.`));
  if (release) return release;
  throw new Error(`the simulator plays ${releaseNames.join(", ")}, and this engine is ${version}`);
}
