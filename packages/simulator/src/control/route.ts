// A route of the control API, declared once: the router, the OpenAPI document and the command `dryharbor control` follow.

import type { Schema } from "../schema.js";
import type { Control } from "./control.js";
import type { ProblemKind } from "./problem.js";

/** What a route is given. It has been checked against the schemas. */
interface Given {
  /** Variable parts of the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The body as JSON; an empty object where there is none. */
  readonly body: unknown;
}

/** What a route answers. */
export type Answered =
  | { readonly status: 200 | 201; readonly json: unknown }
  | { readonly status: 200; readonly text: string; readonly type: string }
  | { readonly status: 204 };

/** A kind of answer, for the document: JSON by its schema, or text of a media type. */
type AnswerKind = Readonly<Record<string, Schema>>;

/** A route, as it is declared. */
export interface ControlRoute {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** @example "/snapshots/{name}/load" */
  readonly path: string;
  /** The name of the operation in the document. @example "loadSnapshot" */
  readonly id: string;
  /** The words of `dryharbor control` for it. @example "snapshots load" */
  readonly command: string;
  /** What it does, in one sentence. */
  readonly summary: string;
  /** Variable parts of the path. */
  readonly variables?: Readonly<Record<string, Schema>>;
  readonly query?: Readonly<Record<string, Schema>>;
  /** The body. */
  readonly body?: BodyKind;
  /** The status of its answer, and the schema of each media type. */
  readonly answers: { readonly status: 200 | 201 | 204; readonly content?: AnswerKind };
  /** The kinds of problems that it has beyond those of every route. */
  readonly problems?: readonly ProblemKind[];
  /** Does it. @throws {Problem} nothing has been done */
  perform(control: Control, given: Given): Promise<Answered> | Answered;
}

/** The body of a route. */
export interface BodyKind {
  readonly schema: Schema;
  /** The route checks it itself, in words of its own. */
  readonly checkedByRoute?: true;
  /** Whether it may be left out. */
  readonly optional?: true;
  readonly example: unknown;
}

/** The media type of JSON. */
export const jsonType = "application/json";

export function json(json: unknown, status: 200 | 201 = 200): Answered {
  return { status, json };
}
