import type { Scenario } from "../scenario.js";
import { create, running, sleep, start } from "../steps.js";

export const processScenarios: readonly Scenario[] = [
  {
    name: "resize",
    steps: [
      { call: "POST /containers/nope/resize?h=1&w=1" },
      create(sleep),
      { call: "POST /containers/box/resize?h=10&w=10" },
      start,
      { call: "POST /containers/box/resize?h=10&w=10" },
      { call: "POST /containers/box/resize?h=zz&w=10" },
      { call: "POST /containers/box/resize" },
      { call: "POST /containers/box/resize?h=-1&w=10" },
      { call: "POST /containers/box/resize?h=99999999999&w=10" },
    ],
  },
  {
    name: "resize tty",
    steps: [...running({ ...sleep, Tty: true }), { call: "POST /containers/box/resize?h=10&w=10" }],
  },
];
