// The shapes of what the control API takes and answers, by the names that the OpenAPI document has them by.

import { releaseNames } from "../core/releases/row.js";
import { faultSchema } from "../faults/read-fault.js";
import { arrayOf, object, type Schema } from "../schema.js";
import { problemKinds } from "./problem.js";

const text: Schema = { type: "string" };
const whole: Schema = { type: "integer", minimum: 0 };
const time: Schema = { type: "string", format: "date-time" };

/** The name of a snapshot. */
export const snapshotName: Schema = {
  type: "string",
  pattern: "^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$",
  description: "a name of letters, digits, _, . and -, which begins with a letter or a digit",
};

/** A number in a path. */
export const pathNumber: Schema = {
  type: "string",
  pattern: "^[1-9][0-9]{0,14}$",
  description: "a whole number, such as 1",
};

export const shapes: Readonly<Record<string, Schema>> = {
  Problem: {
    ...object({
      type: { enum: Object.keys(problemKinds).map((kind) => `urn:dryharbor:problem:${kind}`) },
      title: text,
      status: { type: "integer", minimum: 400, maximum: 599 },
      detail: text,
    }),
    description: "Why nothing has been done, and what to do (RFC 9457)",
  },
  Health: object({
    status: { const: "ok" },
    version: text,
    release: { enum: releaseNames },
    hosts: arrayOf(text),
  }),
  Fault: faultSchema,
  AddedFault: object({
    number: { type: "integer", minimum: 1 },
    fault: ref("Fault"),
    met: whole,
    struck: whole,
  }),
  Snapshot: object({ name: snapshotName, at: time }),
  SavedState: {
    type: "object",
    description: "The whole state, as simulator.snapshot() returns it",
    properties: { format: text, version: whole, checksum: text, state: { type: "object" } },
    required: ["format", "version", "checksum", "state"],
    additionalProperties: false,
  },
  Fork: object({ id: { type: "integer", minimum: 1 }, host: text, control: text, snapshot: snapshotName }, [
    "id",
    "host",
  ]),
  Time: object({
    virtual: { type: "boolean" },
    now: time,
    next: { type: ["string", "null"], format: "date-time", description: "When the next timer is due" },
  }),
  Call: object(
    {
      via: { enum: ["port", "http"] },
      call: text,
      arguments: { type: "array" },
      request: object({ method: text, target: text, route: text, body: {} }, ["method", "target"]),
      at: { type: "integer", description: "Milliseconds since 1970, by the simulator's time" },
      outcome: { enum: ["pending", "answered", "refused", "failed"] },
      status: { type: "integer" },
      message: text,
      fault: { type: "integer", minimum: 1 },
    },
    ["via", "arguments", "at", "outcome"],
  ),
  Topology: object({
    networks: arrayOf(
      object({
        id: text,
        name: text,
        driver: text,
        internal: { type: "boolean" },
        subnets: arrayOf(object({ subnet: text, gateway: text }, ["subnet"])),
      }),
    ),
    containers: arrayOf({
      type: "object",
      properties: { id: text, name: text, image: text, state: text, endpoints: arrayOf({ type: "object" }) },
      required: ["id", "name", "image", "state", "endpoints", "ports"],
    }),
  }),
  Reachability: object(
    {
      containers: arrayOf(text),
      from: arrayOf(object({ container: text, ended: { type: "boolean" }, to: arrayOf({ type: "object" }) })),
      host: object({ to: arrayOf({ type: "object" }) }),
    },
    ["containers", "from"],
  ),
  OpenApi: { type: "object", required: ["openapi", "info", "paths"] },
};

/** A reference to one of the shapes. */
export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}
