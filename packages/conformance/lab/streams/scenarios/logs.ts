import type { Scenario } from "../scenario.js";
import { attach, cat, create, quick, running, wait } from "../steps.js";

export const logScenarios: readonly Scenario[] = [
  {
    name: "logs",
    steps: [
      ...running({ Image: "busybox", Cmd: ["echo", "-e", "one\\ntwo\\nthree"] }),
      wait,
      { call: "GET /containers/box/logs?stdout=1&stderr=1" },
      { call: "GET /v1.41/containers/box/logs?stdout=1&stderr=1" },
      { call: "GET /containers/box/logs?stdout=1&tail=1" },
      { call: "GET /containers/box/logs?stdout=1&tail=0" },
      { call: "GET /containers/box/logs?stdout=1&tail=zz" },
      { call: "GET /containers/box/logs?stderr=1" },
      { call: "GET /containers/box/logs" },
      { call: "GET /containers/box/logs?stdout=1&timestamps=1&tail=1" },
      { call: "GET /containers/box/logs?stdout=1&details=1&tail=1" },
      { call: "GET /containers/box/logs?stdout=1&since=zz" },
      { call: "GET /containers/box/logs?stdout=1&until=zz" },
      { call: "GET /containers/box/logs?stdout=1&until=1" },
      { call: "GET /containers/box/logs?stdout=1&since=99999999999" },
      { call: "GET /containers/box/logs?stdout=1&follow=1" },
      { call: "GET /containers/nope/logs?stdout=1" },
      { call: "GET /containers/nope/logs" },
    ],
  },
  {
    name: "logs tty",
    steps: [
      ...running({ ...quick, Tty: true }),
      wait,
      { call: "GET /containers/box/logs?stdout=1&stderr=1" },
      { call: "GET /containers/box/logs?stdout=1&stderr=1&timestamps=1" },
      { call: "GET /containers/box/logs?stderr=1" },
    ],
  },
  {
    name: "logs created",
    steps: [
      create(quick),
      { call: "GET /containers/box/logs?stdout=1&stderr=1" },
      { call: "GET /containers/box/logs?stdout=1&stderr=1&follow=1" },
    ],
  },
  {
    name: "logs follow",
    steps: [
      ...running(cat),
      { open: "log", call: "GET /containers/box/logs?stdout=1&follow=1" },
      attach(),
      { send: "one", text: "ab\n" },
      { sees: "log", text: "ab" },
      { call: "POST /containers/box/kill" },
      { ends: "log" },
    ],
  },
  {
    name: "logs details",
    steps: [
      ...running({
        ...quick,
        Env: ["HERE=a/b"],
        Labels: { x: "1", y: "z w" },
        HostConfig: { LogConfig: { Type: "json-file", Config: { labels: "x,y", env: "HERE" } } },
      }),
      wait,
      { call: "GET /containers/box/logs?stdout=1&details=1" },
      { call: "GET /containers/box/logs?stdout=1&details=1&timestamps=1" },
    ],
  },
];
