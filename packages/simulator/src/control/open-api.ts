// The OpenAPI document of the control API, made of its routes.

import type { Schema } from "../schema.js";
import { type ProblemKind, problemKinds, problemType } from "./problem.js";
import { type ControlRoute, jsonType } from "./route.js";
import { ref, shapes } from "./shapes.js";

/** The kinds of problems that every request may have. */
const everywhere: readonly ProblemKind[] = ["bad-request", "forbidden", "too-large", "invalid", "fault"];

/** Returns the document (OpenAPI 3.1). */
export function openApi(routes: readonly ControlRoute[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    paths[route.path] ??= {};
    paths[route.path]![route.method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Dryharbor control API",
      version,
      description:
        "Controls a simulated Docker Engine from outside: its state, its faults, its time. It is served at an address of its own.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    paths,
    components: { schemas: shapes },
  };
}

function operationOf(route: ControlRoute): object {
  const { id, summary, variables = {}, query = {}, body, answers } = route;
  const parameters = [...parametersOf(variables, "path"), ...parametersOf(query, "query")];
  const problems = [...everywhere, ...(route.problems ?? [])];
  const byStatus = new Map<number, string[]>();
  for (const kind of problems) {
    const { status, title } = problemKinds[kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), title]);
  }
  return {
    operationId: id,
    summary,
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: !body.optional,
        content: { [jsonType]: { schema: body.schema, example: body.example } },
      },
    }),
    responses: {
      [answers.status]: {
        description: answers.status === 204 ? "It is done" : "The answer",
        ...(answers.content && { content: contentOf(answers.content) }),
      },
      ...Object.fromEntries(
        Array.from(byStatus, ([status, titles]) => [
          status,
          { description: titles.join("; "), content: { [problemType]: { schema: ref("Problem") } } },
        ]),
      ),
    },
  };
}

function parametersOf(schemas: Readonly<Record<string, Schema>>, place: "path" | "query"): object[] {
  return Object.entries(schemas).map(([name, schema]) => ({
    name,
    in: place,
    ...(place === "path" && { required: true }),
    schema,
  }));
}

function contentOf(schemas: Readonly<Record<string, Schema>>): object {
  return Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }]));
}
