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
  {
    name: "top",
    steps: [
      create(sleep),
      { call: "GET /containers/box/top" },
      start,
      ...["zz", "-o comm", "-C", "--bad", "-o pid=", "-eo comm,args", "-eo pid,zz"].map((options) => ({
        call: `GET /containers/box/top?ps_args=${encodeURIComponent(options)}`,
      })),
      ...[
        "-ef",
        "aux",
        "-l",
        "-x",
        "-eo user,pid,args",
        "-A",
        "-aux",
        "-f",
        "-o pid,tty,stat",
        "a",
        "ax -o pid",
      ].map((options) => ({
        look: `/containers/box/top?ps_args=${encodeURIComponent(options)}`,
        at: ["Titles", "Processes.0.10", "Processes.0.7"],
      })),
      { call: "GET /containers/nope/top" },
    ],
  },
  {
    name: "stats",
    steps: [
      create(sleep),
      { call: "GET /containers/box/stats?stream=0" },
      { call: "GET /containers/box/stats?stream=0&one-shot=1" },
      start,
      { keys: "/containers/box/stats?stream=0&one-shot=1" },
      { keys: "/containers/box/stats?stream=0" },
      { call: "GET /containers/nope/stats?stream=0" },
      { call: "GET /containers/box/stats?stream=1&one-shot=1" },
      { call: "GET /containers/box/stats?one-shot=1" },
    ],
  },
  {
    name: "update",
    steps: [
      create(sleep),
      { call: "POST /containers/box/update", body: {} },
      { call: "POST /containers/box/update", body: { RestartPolicy: { Name: "always" } } },
      { look: "/containers/box/json", at: ["HostConfig.RestartPolicy"] },
      { call: "POST /containers/box/update", body: { RestartPolicy: { Name: "zz" } } },
      { call: "POST /containers/box/update", body: { Memory: 1 } },
      { call: "POST /containers/box/update", body: { Memory: 20000000 } },
      {
        look: "/containers/box/json",
        at: ["HostConfig.Memory", "HostConfig.MemorySwap", "HostConfig.CpuShares"],
      },
      {
        call: "POST /containers/box/update",
        body: { CpuShares: 512, NanoCpus: 1000, PidsLimit: 7, BlkioWeight: 30 },
      },
      { call: "POST /containers/box/update", body: { CpuShares: 512, PidsLimit: 7 } },
      { look: "/containers/box/json", at: ["HostConfig.CpuShares", "HostConfig.PidsLimit"] },
      { call: "POST /containers/nope/update", body: {} },
    ],
  },
  {
    name: "update autoremove",
    steps: [
      ...running({ ...sleep, HostConfig: { AutoRemove: true } }),
      { call: "POST /containers/box/update", body: { RestartPolicy: { Name: "always" } } },
    ],
  },
];
