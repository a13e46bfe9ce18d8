import type { Daemon } from "../core/daemon.js";

import type { Session } from "../engine/session.js";
import type { Body } from "../requests/body.js";
import type { Runtime } from "../runtime/runtime.js";
import { decodeBody } from "./json/body.js";
import type { HttpRequest } from "./message.js";
import type { Query } from "./query.js";

/** A request that has found its route. */
export class Call {
  constructor(
    readonly request: HttpRequest,
    /** The client, at the API version that it asked for. */
    readonly session: Session,
    /** The variable parts of the path, decoded. */
    readonly variables: Readonly<Record<string, string>>,
    readonly query: Query,
  ) {}

  get daemon(): Daemon {
    return this.session.daemon;
  }
  get runtime(): Runtime {
    return this.session.runtime;
  }
  get apiVersion(): string {
    return this.session.apiVersion;
  }

  /** A variable part of the path. */
  variable(name: string): string {
    return this.variables[name] ?? "";
  }

  /** The body of the request as the engine decodes it. @throws 400 in the engine's words */
  body<T>(shape: Body<T>): Promise<T> {
    return decodeBody(this.daemon, shape, this.request);
  }
}
