import type { Daemon } from "../core/daemon.js";
import type { Exec } from "../core/exec/exec.js";

/** An exec in a snapshot. `container` is the container's id. */
export type SavedExec = Omit<Exec, "container" | "endedAt"> & {
  readonly container: string;
  /** In nanoseconds. */
  readonly endedAt: string;
};

export function saveExec({ container, endedAt, ...plain }: Exec): SavedExec {
  return { ...plain, container: container.id, endedAt: String(endedAt) };
}

export function restoreExec(daemon: Daemon, saved: SavedExec): void {
  const container = daemon.containers.byId.get(saved.container);
  if (!container) throw new Error(`there is no container ${saved.container}`);
  daemon.execs.set(saved.id, { ...saved, container, endedAt: BigInt(saved.endedAt) });
}
