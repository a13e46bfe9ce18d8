import { EngineError, engineError } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { findContainerNetwork } from "../networks/find.js";
import { isUserDefinedMode } from "../networks/mode.js";
import type { Network } from "../networks/network.js";

/**
 * Replaces a network mode that is a prefix of a network's id by the whole id. The engine does this when it
 * attaches a network whose reference differs from the mode.
 *
 * @throws 404 where the mode's network does not exist
 */
export function completeMode(daemon: Daemon, { hostConfig }: Container, ref: string): void {
  const mode = hostConfig.NetworkMode;
  if (!daemon.release.endpoints.completesMode || ref === mode || !isUserDefinedMode(mode)) return;
  const { id, name } = networkOfMode(daemon, mode);
  if (mode !== id && mode !== name) hostConfig.NetworkMode = id;
}

function networkOfMode(daemon: Daemon, mode: string): Network {
  try {
    return findContainerNetwork(daemon, mode);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw engineError(
      error.status,
      `could not find a network matching network mode ${mode}: ${error.message}`,
    );
  }
}
