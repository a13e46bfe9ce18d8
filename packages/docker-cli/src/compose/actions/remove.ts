// Removes containers that do not run.

import type { ContainerSummary } from "@dryharbor/sdk/port";
import { tell } from "../progress/progress.js";
import { progressName } from "./containers.js";
import type { ComposeContext } from "./context.js";
import { together } from "./order.js";

/** Removes containers. `volumes`: their anonymous volumes, too. */
export const removeAll = (
  { engine, progress }: ComposeContext,
  containers: readonly ContainerSummary[],
  { force = false, volumes = false }: { force?: boolean; volumes?: boolean },
): Promise<void> =>
  together(
    containers.map((container) => async () => {
      tell(progress, progressName(container), "working", "Removing");
      await engine.containers.remove(container.Id, { force, v: volumes });
      tell(progress, progressName(container), "done", "Removed");
    }),
  );
