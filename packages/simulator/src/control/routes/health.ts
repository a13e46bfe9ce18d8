import { type ControlRoute, json, jsonType } from "../route.js";
import { ref } from "../shapes.js";

export const healthRoutes: readonly ControlRoute[] = [
  {
    method: "GET",
    path: "/health",
    id: "health",
    command: "health",
    summary: "Tells what is served, and where",
    answers: { status: 200, content: { [jsonType]: ref("Health") } },
    perform: ({ host: { version, hosts }, simulator: { release } }) =>
      json({ status: "ok", version, release, hosts }),
  },
];
