import { type Engine, EngineError, run } from "@dryharbor/sdk";

/** Starts a web server and its database. After a failure nothing of it is left. */
export async function deploy(engine: Engine): Promise<void> {
  const undo: (() => Promise<unknown>)[] = [];
  try {
    await engine.networks.create({ Name: "shop" });
    undo.push(() => engine.networks.remove("shop"));
    for (const [name, Image] of [
      ["db", "redis"],
      ["web", "nginx"],
    ] as const) {
      const request = { Image, HostConfig: { NetworkMode: "shop" } };
      await twice(() => run(engine, request, { name, detach: true, pull: "missing" }));
      undo.push(() => engine.containers.remove(name, { force: true }));
    }
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
}

/** Does something again, once, where the engine's own trouble made it fail. */
async function twice(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error) => {
    if (error instanceof EngineError && error.status >= 500) return work();
    throw error;
  });
}
