import type { Scenario } from "../scenario.js";
import { create, exec, sleep, start } from "../steps.js";

export const eventScenarios: readonly Scenario[] = [
  {
    name: "events",
    steps: [
      { open: "ev", call: "GET /events?filters=%7B%22type%22%3A%5B%22container%22%5D%7D" },
      create({ ...sleep, Labels: { l: "1" } }),
      start,
      exec({ Cmd: ["true"] }),
      { call: "POST /exec/{id}/start", body: { Detach: true } },
      { sees: "ev", text: "exec_die" },
      { call: "DELETE /containers/box?force=1" },
      { sees: "ev", text: "destroy" },
    ],
  },
  {
    name: "events 1.41",
    steps: [
      { open: "ev", call: "GET /v1.41/events?filters=%7B%22type%22%3A%5B%22container%22%5D%7D" },
      create(sleep),
      start,
      { call: "DELETE /containers/box?force=1" },
      { sees: "ev", text: "destroy" },
    ],
  },
  {
    name: "events wrong",
    steps: [
      { call: "GET /events?since=zz" },
      { call: "GET /events?since=5&until=1" },
      { call: "GET /events?since=1&until=2" },
      { call: "GET /events?until=zz" },
      { call: "GET /events?filters=%7B%22zz%22%3A%5B%22a%22%5D%7D&until=1" },
    ],
  },
];
