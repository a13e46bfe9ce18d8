// Reads the fields of a fault, and says what is wrong with one and what it should be.

import { UsageError } from "@dryharbor/sdk/port";
import { object, type Schema } from "../schema.js";

/** Checks a value. Returns what it should be, if it is something else. */
export interface Check {
  (value: unknown): string | undefined;
  /** The same as a schema, for documents. */
  readonly schema: Schema;
}

/** Makes a check of a schema, and of what finds the problem of a value. */
export function check(schema: Schema, problem: (value: unknown) => string | undefined): Check {
  return Object.assign((value: unknown) => problem(value), { schema });
}

export const text = check({ type: "string", minLength: 1 }, (value) =>
  typeof value === "string" && value !== "" ? undefined : "must be a text",
);

export const milliseconds = check({ type: "number", exclusiveMinimum: 0 }, (value) =>
  isNumber(value) && value > 0 ? undefined : "must be a number of milliseconds above 0",
);

export const share = check({ type: "number", exclusiveMinimum: 0, maximum: 1 }, (value) =>
  isNumber(value) && value > 0 && value <= 1 ? undefined : "must be a number above 0, and at most 1",
);

export const always = check({ const: true }, (value) =>
  value === true ? undefined : "must be true, or left out",
);

/** A whole number within bounds. */
export function whole(from: number, to = Number.MAX_SAFE_INTEGER): Check {
  const bounds = to === Number.MAX_SAFE_INTEGER ? `, ${from} or more` : ` from ${from} to ${to}`;
  return check({ type: "integer", minimum: from, maximum: to }, (value) =>
    Number.isSafeInteger(value) && (value as number) >= from && (value as number) <= to
      ? undefined
      : `must be a whole number${bounds}`,
  );
}

export function oneOf(...words: readonly string[]): Check {
  return check({ enum: words }, (value) =>
    words.includes(value as string) ? undefined : `must be ${words.map((word) => `"${word}"`).join(" or ")}`,
  );
}

/** An object whose values are texts. */
export const texts = check(
  { type: "object", minProperties: 1, additionalProperties: { type: "string" } },
  (value) =>
    isRecord(value) &&
    Object.values(value).length > 0 &&
    Object.values(value).every((each) => typeof each === "string")
      ? undefined
      : "must be an object of texts",
);

/** An object of these fields, which {@link checkFields} checks. */
export function nested(fields: Readonly<Record<string, Check>>, required: readonly string[] = []): Check {
  return check(schemaOf(fields, required), () => undefined);
}

/** The schema of an object of these fields. */
export function schemaOf(fields: Readonly<Record<string, Check>>, required: readonly string[] = []): Schema {
  return object(
    Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema])),
    required,
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/**
 * Checks the fields of an object.
 *
 * @param path where it stands, for messages; empty for the fault itself
 * @throws {UsageError} a field is unknown, or has no value that it can have
 */
export function checkFields(
  value: unknown,
  path: string,
  fields: Readonly<Record<string, Check>>,
): asserts value is Record<string, unknown> {
  if (!isRecord(value)) throw wrong(path === "" ? "it" : path, "must be an object");
  for (const [name, given] of Object.entries(value)) {
    const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const place = path === "" ? name : `${path}.${name}`;
    if (!check) {
      const known = Object.keys(fields).join(", ");
      throw new UsageError(`a fault has no field "${place}" here: it may have ${known}`);
    }
    // What is `undefined` counts as left out, as in all options.
    const problem = given === undefined ? undefined : check(given);
    if (problem !== undefined) throw wrong(place, `${problem}, not ${shown(given)}`);
  }
}

/** Makes the error for a fault that cannot be. */
export function wrong(place: string, problem: string): UsageError {
  return new UsageError(`this is no fault: ${place} ${problem}`);
}

function shown(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
