import type { Networks } from "../networks.js";
import type { Connection } from "./connection.js";
import { path } from "./path.js";

export function dockerNetworks(connection: Connection): Networks {
  return {
    create: (request, { signal } = {}) =>
      connection.json({ method: "POST", path: "/networks/create", body: request, signal }),

    list: ({ filters, signal } = {}) =>
      connection.json({ method: "GET", path: "/networks", query: { filters }, signal }),

    inspect: (network, { verbose, scope, signal } = {}) =>
      connection.json({ method: "GET", path: path`/networks/${network}`, query: { verbose, scope }, signal }),

    async remove(network, { signal } = {}) {
      await connection.head({ method: "DELETE", path: path`/networks/${network}`, signal });
    },

    prune: ({ filters, signal } = {}) =>
      connection.json({ method: "POST", path: "/networks/prune", query: { filters }, signal }),

    async connect(network, request, { signal } = {}) {
      await connection.head({
        method: "POST",
        path: path`/networks/${network}/connect`,
        body: request,
        signal,
      });
    },

    async disconnect(network, request, { signal } = {}) {
      await connection.head({
        method: "POST",
        path: path`/networks/${network}/disconnect`,
        body: request,
        signal,
      });
    },
  };
}
