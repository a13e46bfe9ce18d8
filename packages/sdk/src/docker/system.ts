import type { System } from "../system.js";
import type { Connection } from "./connection.js";

export function dockerSystem(connection: Connection): System {
  return {
    async ping({ signal } = {}) {
      const { headers } = await connection.head({ method: "GET", path: "/_ping", signal });
      const header = (name: string) => String(headers[name] ?? "");
      return {
        ApiVersion: header("api-version"),
        OSType: header("ostype"),
        Experimental: header("docker-experimental") === "true",
        BuilderVersion: header("builder-version"),
      };
    },
    version: ({ signal } = {}) => connection.json({ method: "GET", path: "/version", signal }),
    info: ({ signal } = {}) => connection.json({ method: "GET", path: "/info", signal }),
  };
}
