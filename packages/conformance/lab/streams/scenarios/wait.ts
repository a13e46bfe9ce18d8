import type { Scenario } from "../scenario.js";
import { attach, create, quick, running, sleep, start } from "../steps.js";

export const waitScenarios: readonly Scenario[] = [
  {
    name: "wait",
    steps: [
      create(quick),
      { call: "POST /containers/box/wait" },
      { call: "POST /containers/box/wait?condition=zz" },
      { call: "POST /containers/nope/wait" },
      { call: "POST /containers/nope/wait?condition=zz" },
      { open: "w", call: "POST /containers/box/wait?condition=next-exit" },
      start,
      { ends: "w" },
      { call: "POST /containers/box/wait?condition=not-running" },
      { open: "r", call: "POST /containers/box/wait?condition=removed" },
      { call: "DELETE /containers/box" },
      { ends: "r" },
    ],
  },
  {
    name: "wait 1.29",
    steps: [
      create(quick),
      { call: "POST /v1.29/containers/box/wait" },
      { call: "POST /v1.29/containers/box/wait?condition=next-exit" },
      { call: "POST /v1.30/containers/box/wait?condition=zz" },
    ],
  },
  {
    name: "wait autoremove",
    steps: [
      create({ ...quick, HostConfig: { AutoRemove: true } }),
      attach(),
      { open: "w", call: "POST /containers/box/wait?condition=removed" },
      { open: "n", call: "POST /containers/box/wait?condition=next-exit" },
      start,
      { ends: "w" },
      { ends: "n" },
      { ends: "one" },
    ],
  },
  {
    name: "wait twice",
    steps: [
      ...running(sleep),
      { open: "w", call: "POST /containers/box/wait" },
      { call: "POST /containers/box/kill" },
      { ends: "w" },
    ],
  },
  {
    name: "wait failed start",
    steps: [
      create({ Image: "busybox", Cmd: ["nonexist"] }),
      { open: "w", call: "POST /containers/box/wait?condition=next-exit" },
      start,
      { quiet: 300 },
      { call: "POST /containers/box/wait" },
    ],
  },
  {
    name: "wait failed start auto",
    steps: [
      create({ Image: "busybox", Cmd: ["nonexist"], HostConfig: { AutoRemove: true } }),
      { open: "w", call: "POST /containers/box/wait?condition=removed" },
      start,
      { quiet: 300 },
    ],
  },
  {
    name: "wait restarting",
    steps: [
      ...running(sleep),
      { open: "w", call: "POST /containers/box/wait" },
      { open: "n", call: "POST /containers/box/wait?condition=next-exit" },
      { call: "POST /containers/box/restart?t=0" },
      { quiet: 300 },
    ],
  },
];
