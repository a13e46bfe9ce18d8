import type { Containers } from "../containers.js";
import { type Connection, notModified } from "./connection.js";
import { output } from "./output.js";
import { containerPath } from "./path.js";

export function dockerContainers(connection: Connection): Containers {
  const containers: Containers = {
    create: (request, { name, signal } = {}) =>
      connection.json({ method: "POST", path: "/containers/create", query: { name }, body: request, signal }),

    async start(container, { signal } = {}) {
      const path = `${containerPath(container)}/start`;
      const { status } = await connection.head({ method: "POST", path, signal });
      return status !== notModified;
    },

    async stop(container, { t, signalName, signal } = {}) {
      const path = `${containerPath(container)}/stop`;
      const query = { t, signal: signalName };
      const { status } = await connection.head({ method: "POST", path, query, signal });
      return status !== notModified;
    },

    async restart(container, { t, signal } = {}) {
      const path = `${containerPath(container)}/restart`;
      await connection.head({ method: "POST", path, query: { t }, signal });
    },

    async kill(container, { signalName, signal } = {}) {
      const path = `${containerPath(container)}/kill`;
      await connection.head({ method: "POST", path, query: { signal: signalName }, signal });
    },

    async pause(container, { signal } = {}) {
      await connection.head({ method: "POST", path: `${containerPath(container)}/pause`, signal });
    },

    async unpause(container, { signal } = {}) {
      await connection.head({ method: "POST", path: `${containerPath(container)}/unpause`, signal });
    },

    async rename(container, name, { signal } = {}) {
      const path = `${containerPath(container)}/rename`;
      await connection.head({ method: "POST", path, query: { name }, signal });
    },

    async remove(container, { force, v, link, signal } = {}) {
      const path = containerPath(container);
      await connection.head({ method: "DELETE", path, query: { force, v, link }, signal });
    },

    prune: ({ filters, signal } = {}) =>
      connection.json({ method: "POST", path: "/containers/prune", query: { filters }, signal }),

    wait: (container, { condition, signal } = {}) =>
      connection.json({
        method: "POST",
        path: `${containerPath(container)}/wait`,
        query: { condition },
        signal,
      }),

    list: ({ all, limit, size, filters, signal } = {}) =>
      connection.json({
        method: "GET",
        path: "/containers/json",
        query: { all, limit, size, filters },
        signal,
      }),

    inspect: (container, { size, signal } = {}) =>
      connection.json({ method: "GET", path: `${containerPath(container)}/json`, query: { size }, signal }),

    async logs(container, { stdout = true, stderr = true, signal, ...rest } = {}) {
      const path = `${containerPath(container)}/logs`;
      const answer = await connection.stream({
        method: "GET",
        path,
        query: { ...rest, stdout, stderr },
        signal,
      });
      return output(answer, () => hasTerminal(container, signal));
    },

    top: (container, { psArgs, signal } = {}) =>
      connection.json({
        method: "GET",
        path: `${containerPath(container)}/top`,
        query: { ps_args: psArgs },
        signal,
      }),
  };

  async function hasTerminal(container: string, signal: AbortSignal | undefined): Promise<boolean> {
    const { Config } = await containers.inspect(container, signal ? { signal } : {});
    return Config.Tty === true;
  }

  return containers;
}
