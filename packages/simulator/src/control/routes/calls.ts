import { arrayOf } from "../../schema.js";
import { type ControlRoute, json, jsonType } from "../route.js";
import { ref } from "../shapes.js";

export const callRoutes: readonly ControlRoute[] = [
  {
    method: "GET",
    path: "/calls",
    id: "listCalls",
    command: "calls list",
    summary: "Lists what clients did, oldest first: the last 1,000 calls",
    answers: { status: 200, content: { [jsonType]: arrayOf(ref("Call")) } },
    perform: ({ simulator: { calls } }) => json([...calls]),
  },
  {
    method: "DELETE",
    path: "/calls",
    id: "clearCalls",
    command: "calls clear",
    summary: "Forgets all calls until now",
    answers: { status: 204 },
    perform({ simulator: { calls } }) {
      calls.clear();
      return { status: 204 };
    },
  },
];
