import type { Networks } from "@dryharbor/sdk/port";
import { connectContainer } from "../core/endpoints/connect.js";
import { disconnectContainer } from "../core/endpoints/disconnect.js";
import { createNetwork } from "../core/networks/create.js";
import { findNetwork } from "../core/networks/find.js";
import { listNetworks } from "../core/networks/list.js";
import { pruneNetworks } from "../core/networks/prune.js";
import { removeNetwork } from "../core/networks/remove.js";
import { showAnyNetwork } from "../core/networks/show.js";
import { publishingChange } from "../core/ports/trial.js";
import { networkConnect, networkCreate, networkDisconnect } from "../requests/bodies/networks.js";
import { readValue } from "../requests/body.js";
import { filters } from "./filters.js";
import { reference } from "./reference.js";
import type { Session } from "./session.js";

export function simulatedNetworks(session: Session): Networks {
  const { daemon, apiVersion } = session;
  return {
    create: (request, options) =>
      session.call(options, () =>
        createNetwork(daemon, readValue(daemon.release, networkCreate, request), apiVersion),
      ),

    list: (options) =>
      session.call(options, () => listNetworks(daemon, filters(options?.filters), apiVersion)),

    inspect: (network, options) =>
      session.call(options, () =>
        showAnyNetwork(
          daemon,
          findNetwork(daemon, reference(network), { scope: options?.scope, apiVersion }),
          { verbose: options?.verbose },
          apiVersion,
        ),
      ),

    remove: (network, options) => session.call(options, () => removeNetwork(daemon, reference(network))),

    prune: (options) => session.call(options, () => pruneNetworks(daemon, filters(options?.filters))),

    connect(network, request, options) {
      const read = () => readValue(daemon.release, networkConnect, request);
      return session.publish(
        options,
        () => publishingChange(daemon, read().Container, reference(network)),
        () => connectContainer(daemon, reference(network), read(), apiVersion),
      );
    },

    disconnect(network, request, options) {
      const read = () => readValue(daemon.release, networkDisconnect, request);
      return session.publish(
        options,
        () => publishingChange(daemon, read().Container),
        () => disconnectContainer(daemon, reference(network), read()),
      );
    },
  };
}
