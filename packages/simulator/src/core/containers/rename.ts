import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { checkRenameEndpoints, renameEndpoints, spoilEndpointNames } from "../endpoints/rename.js";
import { emitContainerEvent } from "./events.js";
import { findContainer } from "./find.js";
import { addLinkNames, deleteLinkNames } from "./legacy-links.js";
import { freeName } from "./name.js";

/** `POST /containers/{id}/rename`. The DNS of the container's networks uses the new name at once. */
export function renameContainer(daemon: Daemon, spelled: string, asked: string): void {
  if (spelled === "" || asked === "") throw engineError(400, "Neither old nor new names may be empty");
  const container = findContainer(daemon, spelled);
  const old = container.name;
  if (asked.replace(/^\//, "") === old) {
    throw engineError(400, "Renaming a container with the same name as its current name");
  }
  const name = newNameOf(daemon, asked);
  const { sandbox, state } = container;
  if (sandbox && state.status === "restarting" && daemon.release.containers.renameNeedsSandbox) {
    throw engineError(404, `sandbox ${sandbox.id} not found`);
  }
  try {
    checkRenameEndpoints(daemon, container, name);
  } catch (error) {
    spoilEndpointNames(container);
    container.listed = null;
    throw error;
  }
  deleteLinkNames(daemon, container);
  daemon.containers.rename(container, name);
  container.nameGenerated = false;
  container.listed = null;
  addLinkNames(daemon, container);
  renameEndpoints(daemon, container);
  emitContainerEvent(daemon, container, "rename", { oldName: `/${old}` });
}

function newNameOf(daemon: Daemon, asked: string): string {
  try {
    // The engine adds the slash before it checks the name, and its error shows the slash.
    return freeName(daemon, asked.startsWith("/") ? asked : `/${asked}`);
  } catch (error) {
    const { status, message } = error as Error & { status: number };
    throw engineError(status, `Error when allocating new name: ${message}`);
  }
}
