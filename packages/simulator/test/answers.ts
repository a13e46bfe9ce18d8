// Checks answers of the control API against its OpenAPI document, by libraries that know nothing of it.
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { openApi } from "../src/control/open-api.js";
import { controlRoutes } from "../src/control/routes/table.js";
import type { Answer } from "./control.js";

/** The document, as far as the checks read it. */
interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Response>> }>>>
  >;
  readonly components: object;
}

interface Response {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

export const document = openApi(controlRoutes, "1.2.3") as Document;

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: "document", components: document.components });

const validators = new Map<object, ReturnType<typeof ajv.compile>>();

/** Returns what is wrong with an answer to a request of a route; `undefined` for nothing. */
export function wrongAnswer(
  method: string,
  path: string,
  { status, type, body, text }: Answer,
): string | undefined {
  const response = document.paths[path]?.[method.toLowerCase()]?.responses[status];
  if (!response) return `${method} ${path} has no answer ${status}: ${text}`;
  if (!response.content) return text === "" ? undefined : `${method} ${path} ${status} has a body`;
  const content = response.content[type];
  if (!content) return `${method} ${path} ${status} is never ${type}`;
  return problemsOf(content.schema, body ?? text);
}

/** Returns what is wrong with a value of a shape of the document; `undefined` for nothing. */
export function problemsOf(schema: object, value: unknown): string | undefined {
  let validate = validators.get(schema);
  if (!validate) {
    const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as object;
    validate = ajv.compile(absolute);
    validators.set(schema, validate);
  }
  return validate(value) ? undefined : ajv.errorsText(validate.errors);
}
