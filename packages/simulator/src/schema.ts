// JSON Schema, as far as the control API needs it: what the OpenAPI document says of a value, and what a request's value
// is checked by.

/** A schema of JSON Schema 2020-12. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?:
    | "object"
    | "array"
    | "string"
    | "number"
    | "integer"
    | "boolean"
    | "null"
    | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly minProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly format?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly Schema[];
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
}

/** A schema of an object that has these properties and no others. */
export function object(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = Object.keys(properties),
): Schema {
  return { type: "object", properties, required, additionalProperties: false };
}

export function arrayOf(items: Schema): Schema {
  return { type: "array", items };
}

/**
 * Checks a value of a request: objects of texts, numbers and truth values.
 *
 * @param place where it stands, for messages; empty for the whole
 * @returns what is wrong with it, and what it should be
 */
export function problemOf(schema: Schema, value: unknown, place = ""): string | undefined {
  const at = place === "" ? "it" : place;
  switch (schema.type) {
    case "object":
      return problemOfObject(schema, value, place);
    case "string":
      if (typeof value !== "string") return `${at} must be a text`;
      if (schema.enum && !schema.enum.includes(value))
        return `${at} must be one of ${schema.enum.join(", ")}`;
      if (schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value)) {
        return `${at} must be ${schema.description ?? `like ${schema.pattern}`}`;
      }
      return undefined;
    case "integer":
    case "number": {
      const { minimum = -Number.MAX_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = schema;
      const kind = schema.type === "integer" ? "a whole number" : "a number";
      const fits =
        typeof value === "number" &&
        (schema.type === "number" || Number.isInteger(value)) &&
        value >= minimum &&
        value <= maximum;
      return fits ? undefined : `${at} must be ${kind} from ${minimum} to ${maximum}`;
    }
    case "boolean":
      return typeof value === "boolean" ? undefined : `${at} must be true or false`;
    default:
      return undefined;
  }
}

function problemOfObject(schema: Schema, value: unknown, place: string): string | undefined {
  const { properties = {}, required = [] } = schema;
  const at = (name: string): string => (place === "" ? name : `${place}.${name}`);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return `${place === "" ? "it" : place} must be an object`;
  }
  for (const name of required) {
    if (!Object.hasOwn(value, name)) return `${at(name)} is missing`;
  }
  for (const [name, each] of Object.entries(value)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (!known) {
      const names = Object.keys(properties).join(", ");
      return `there is no field "${shortened(at(name))}": there may be ${names || "none"}`;
    }
    const problem = problemOf(known, each, at(name));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** What somebody wrote, for a message. */
export function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
