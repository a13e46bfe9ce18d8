// Commands that a service runs in its containers after their start and before their stop.

import type { ContainerSummary } from "@dryharbor/sdk/port";
import { ComposeError } from "../model/error.js";
import type { Hook } from "../model/service.js";
import { nameOf } from "./containers.js";
import type { ComposeContext } from "./context.js";

/**
 * Runs the hooks of a container, one after the other.
 * @throws {ComposeError} one of them ends with another code than 0.
 */
export async function runHooks(
  { engine }: ComposeContext,
  container: ContainerSummary,
  hooks: readonly Hook[] = [],
): Promise<void> {
  for (const hook of hooks) {
    const { Id } = await engine.exec.create(container.Id, {
      User: hook.user ?? "",
      Privileged: hook.privileged ?? false,
      Env: [...(hook.environment ?? [])].map(([key, value]) => (value === null ? key : `${key}=${value}`)),
      WorkingDir: hook.working_dir ?? "",
      Cmd: hook.command ?? [],
      AttachStdout: true,
      AttachStderr: true,
    });
    // The output ends when the process does.
    for await (const _ of await engine.exec.start(Id, {}));
    const { ExitCode } = await engine.exec.inspect(Id);
    if (ExitCode !== 0) throw new ComposeError(`${nameOf(container)} hook exited with status ${ExitCode}`);
  }
}
