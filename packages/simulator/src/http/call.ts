import type { Daemon } from "../core/daemon.js";

import type { Session } from "../engine/session.js";
import type { Body } from "../requests/body.js";
import type { Runtime } from "../runtime/runtime.js";
import { decodeBody } from "./json/body.js";
import type { HttpRequest } from "./message.js";
import type { Query } from "./query.js";

/** A request whose route has been found. */
export class Call {
  constructor(
    readonly request: HttpRequest,
    /** The client, at the API version that the request asked for. */
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

  /** Returns a variable part of the path, or an empty text. */
  variable(name: string): string {
    return this.variables[name] ?? "";
  }

  /** Decodes the request's body as the engine does. @throws {EngineError} 400 with the engine's message */
  body<T>(shape: Body<T>): Promise<T> {
    return decodeBody(this.daemon, shape, this.request);
  }
}
