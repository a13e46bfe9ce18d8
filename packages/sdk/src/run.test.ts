import { describe, expect, it } from "vitest";
import type { ContainerCreateRequest } from "./containers.js";
import type { Engine } from "./engine.js";
import { AbortError, ConflictError, NotFoundError, ServerError, UsageError } from "./errors.js";
import { run } from "./run.js";

const request: ContainerCreateRequest = { Image: "busybox", Cmd: ["hostname"] };

/** An engine that records its calls, and fails in the call that `failing` names. */
function fake(failing: Record<string, Error> = {}, hasImage = true) {
  const calls: string[] = [];
  let image = hasImage;
  const call = async (name: string) => {
    calls.push(name);
    const error = failing[name];
    if (error) throw error;
  };
  const engine = {
    containers: {
      async create(created: ContainerCreateRequest, { name = "" } = {}) {
        await call(
          ["create", name, created.HostConfig?.AutoRemove && "AutoRemove"].filter(Boolean).join(" "),
        );
        if (!image) throw new NotFoundError("No such image: busybox");
        return { Id: "1", Warnings: [] };
      },
      async start() {
        await call("start");
        return true;
      },
      async wait(_: string, { condition = "" } = {}) {
        await call(`wait ${condition}`.trim());
        return { StatusCode: 3 };
      },
      async logs() {
        await call("logs");
        return (async function* () {
          yield { stream: "stdout", data: new TextEncoder().encode("out") };
        })();
      },
      remove: () => call("remove"),
    },
    images: {
      async inspect() {
        await call("inspect image");
        if (!image) throw new NotFoundError("No such image: busybox");
      },
      async pull(reference: string) {
        await call(`pull ${reference}`);
        image = true;
      },
    },
  } as unknown as Engine;
  return { engine, calls };
}

describe("run", () => {
  it("gives exit code and output, and keeps the container unless it is to go", async () => {
    const { engine, calls } = fake();
    expect(await run(engine, request, { name: "web" })).toEqual({
      id: "1",
      exitCode: 3,
      stdout: "out",
      stderr: "",
    });
    expect(calls).toEqual(["create web", "start", "wait", "logs"]);
    calls.length = 0;
    await run(engine, request, { remove: true });
    expect(calls).toEqual(["create", "start", "wait", "logs", "remove"]);
  });

  it("does not wait where it is to detach, and leaves the removal to the engine", async () => {
    const { engine, calls } = fake();
    expect(await run(engine, request, { detach: true, remove: true })).toEqual({ id: "1" });
    expect(calls).toEqual(["create AutoRemove", "start"]);
  });

  it("pulls a missing image only where it is told to", async () => {
    const never = fake({}, false);
    await expect(run(never.engine, request)).rejects.toThrow(NotFoundError);
    expect(never.calls).toEqual(["create"]);
    const missing = fake({}, false);
    await run(missing.engine, request, { pull: "missing", detach: true });
    expect(missing.calls).toEqual(["create", "inspect image", "pull busybox", "create", "start"]);
    const other = fake({ create: new NotFoundError("No such container: x") });
    await expect(run(other.engine, request, { pull: "missing" })).rejects.toThrow("No such container: x");
    expect(other.calls).toEqual(["create", "inspect image"]);
  });

  it("removes the container where anything fails, and says what failed first", async () => {
    for (const step of ["start", "wait", "logs"]) {
      const { engine, calls } = fake({ [step]: new ServerError("no"), remove: new ServerError("neither") });
      await expect(run(engine, request)).rejects.toThrow("no");
      expect(calls.at(-1)).toBe("remove");
    }
  });

  it("waits for an engine that is removing the container itself", async () => {
    const { engine, calls } = fake({
      start: new ServerError("no"),
      remove: new ConflictError("removal of container 1 is already in progress"),
      "wait removed": new NotFoundError("No such container: 1"),
    });
    await expect(run(engine, request)).rejects.toThrow("no");
    expect(calls).toEqual(["create", "start", "remove", "wait removed"]);
  });

  it("refuses what would lose the output, and does nothing for an aborted signal", async () => {
    const { engine, calls } = fake();
    await expect(run(engine, { ...request, HostConfig: { AutoRemove: true } })).rejects.toThrow(UsageError);
    await expect(run(engine, request, { abortSignal: AbortSignal.abort() })).rejects.toThrow(AbortError);
    expect(calls).toEqual([]);
  });
});
