import { openApi } from "../open-api.js";
import { type ControlRoute, json, jsonType } from "../route.js";
import { ref } from "../shapes.js";

/** The route that answers the document of all routes. */
export function openApiRoute(routes: () => readonly ControlRoute[]): ControlRoute {
  return {
    method: "GET",
    path: "/openapi.json",
    id: "openApi",
    command: "openapi",
    summary: "Shows the OpenAPI document of this API",
    answers: { status: 200, content: { [jsonType]: ref("OpenApi") } },
    perform: ({ host: { version } }) => json(openApi(routes(), version)),
  };
}
