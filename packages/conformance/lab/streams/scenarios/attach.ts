import { type Scenario, upgrade } from "../scenario.js";
import { attach, cat, create, everything, quick, running, start, state, wait } from "../steps.js";

export const attachScenarios: readonly Scenario[] = [
  { name: "attach before start, with 101", steps: [create(quick), attach(), start, { ends: "one" }, wait] },
  {
    name: "attach before start, with 200",
    steps: [create(quick), attach("one", everything, {}), start, { ends: "one" }],
  },
  {
    name: "attach at 1.41",
    steps: [create(quick), attach("one", everything, upgrade, "/v1.41"), start, { ends: "one" }],
  },
  {
    name: "attach at 1.41 with 200",
    steps: [create(quick), attach("one", everything, {}, "/v1.41"), start, { ends: "one" }],
  },
  {
    name: "attach to a terminal",
    steps: [create({ ...quick, Tty: true }), attach(), start, { ends: "one" }],
  },
  {
    name: "attach to a terminal with 200",
    steps: [create({ ...quick, Tty: true }), attach("one", everything, {}), start, { ends: "one" }],
  },
  {
    name: "attach with logs to an exited one",
    steps: [...running(quick), wait, attach("one", "logs=1&stdout=1&stderr=1"), { ends: "one" }],
  },
  {
    name: "attach with logs and stream to an exited one",
    steps: [...running(quick), wait, attach("one", "logs=1&stream=1&stdout=1&stderr=1"), { quiet: 300 }],
  },
  { name: "attach to nobody", steps: [attach(), { ends: "one" }] },
  { name: "attach to nobody with 200", steps: [attach("one", everything, {}), { ends: "one" }] },
  { name: "attach to nobody at 1.22", steps: [attach("one", everything, {}, "/v1.24"), { ends: "one" }] },
  {
    name: "attach to a paused one",
    steps: [...running(cat), { call: "POST /containers/box/pause" }, attach(), { ends: "one" }],
  },
  {
    name: "attach to a paused one with 200",
    steps: [
      ...running(cat),
      { call: "POST /containers/box/pause" },
      attach("one", everything, {}),
      { ends: "one" },
    ],
  },
  {
    name: "attach with bad detach keys",
    steps: [create(quick), attach("one", `${everything}&detachKeys=ctrl-1`), { ends: "one" }],
  },
  {
    name: "attach bad keys with 200",
    steps: [create(quick), attach("one", `${everything}&detachKeys=ab`, {}), { ends: "one" }],
  },
  {
    name: "input and half-close end cat",
    steps: [
      ...running({ ...cat, StdinOnce: true }),
      attach(),
      { send: "one", text: "ab\ncd\n" },
      { sees: "one", text: "cd" },
      { halfClose: "one" },
      { ends: "one" },
      wait,
    ],
  },
  {
    name: "half-close without StdinOnce",
    steps: [
      ...running(cat),
      attach(),
      { send: "one", text: "ab\n" },
      { sees: "one", text: "ab" },
      { halfClose: "one" },
      { quiet: 500 },
      state,
    ],
  },
  {
    name: "client leaves StdinOnce",
    steps: [
      ...running({ ...cat, StdinOnce: true }),
      attach(),
      { send: "one", text: "ab\n" },
      { sees: "one", text: "ab" },
      { leave: "one" },
      { quiet: 500 },
      state,
    ],
  },
  {
    name: "client leaves without StdinOnce, another attaches",
    steps: [
      ...running(cat),
      attach(),
      { send: "one", text: "ab\n" },
      { sees: "one", text: "ab" },
      { leave: "one" },
      { quiet: 300 },
      attach("two"),
      { send: "two", text: "cd\n" },
      { sees: "two", text: "cd" },
      state,
    ],
  },
  {
    name: "two attachers",
    steps: [
      ...running(cat),
      attach(),
      attach("two"),
      { send: "one", text: "ab\n" },
      { sees: "two", text: "ab" },
      { send: "two", text: "cd\n" },
      { sees: "one", text: "cd" },
    ],
  },
  {
    name: "two attachers to StdinOnce, one ends input",
    steps: [
      ...running({ ...cat, StdinOnce: true }),
      attach(),
      attach("two"),
      { send: "one", text: "ab\n" },
      { sees: "two", text: "ab" },
      { halfClose: "one" },
      { quiet: 500 },
      state,
    ],
  },
  {
    name: "detach keys on a terminal",
    steps: [
      ...running({ ...cat, Tty: true }),
      attach(),
      { send: "one", text: "x\n" },
      { sees: "one", text: "x\r\nx" },
      { send: "one", text: "\x10\x11" },
      { ends: "one" },
      state,
    ],
  },
  {
    name: "detach keys with 200",
    steps: [
      ...running({ ...cat, Tty: true }),
      attach("one", everything, {}),
      { send: "one", text: "x\n" },
      { sees: "one", text: "x\r\nx" },
      { send: "one", text: "\x10\x11" },
      { ends: "one" },
      state,
    ],
  },
  {
    name: "detach keys half typed",
    steps: [
      ...running({ ...cat, Tty: true }),
      attach(),
      { send: "one", text: "\x10" },
      { quiet: 300 },
      { send: "one", text: "y\n" },
      { quiet: 300 },
    ],
  },
  {
    name: "detach keys without a terminal",
    steps: [
      ...running(cat),
      attach(),
      { send: "one", text: "x\n" },
      { sees: "one", text: "x" },
      { send: "one", text: "\x10\x11" },
      { quiet: 300 },
      { send: "one", text: "\n" },
      { quiet: 300 },
    ],
  },
  {
    name: "detach keys of one's own",
    steps: [
      ...running({ ...cat, Tty: true }),
      attach("one", `${everything}&detachKeys=a,b,c`),
      { send: "one", text: "a" },
      { send: "one", text: "b" },
      { quiet: 100 },
      { send: "one", text: "c" },
      { ends: "one" },
      state,
    ],
  },
  {
    name: "detach keys of one's own, broken off",
    steps: [
      ...running({ ...cat, Tty: true }),
      attach("one", `${everything}&detachKeys=a,b,c`),
      { send: "one", text: "ab" },
      { quiet: 100 },
      { send: "one", text: "x\n" },
      { quiet: 300 },
    ],
  },
  {
    name: "only stderr",
    steps: [
      create({ Image: "busybox", Cmd: ["cat", "/nothing"] }),
      attach("one", "stream=1&stderr=1"),
      attach("two", "stream=1&stdout=1"),
      start,
      { ends: "one" },
      { ends: "two" },
    ],
  },
  {
    name: "input only",
    steps: [
      ...running({ ...cat, StdinOnce: true }),
      attach("one", "stream=1&stdin=1"),
      { send: "one", text: "ab\n" },
      { quiet: 200 },
      { halfClose: "one" },
      { ends: "one" },
      wait,
      { call: "GET /containers/box/logs?stdout=1" },
    ],
  },
  {
    name: "input to one without OpenStdin",
    steps: [
      ...running({ Image: "busybox", Cmd: ["sleep", "1"] }),
      attach(),
      { send: "one", text: "ab\n" },
      { quiet: 200 },
      { ends: "one" },
    ],
  },
  {
    name: "input before start",
    steps: [
      create({ ...cat, StdinOnce: true }),
      attach(),
      { send: "one", text: "early\n" },
      { quiet: 100 },
      start,
      { sees: "one", text: "early" },
      { halfClose: "one" },
      { ends: "one" },
    ],
  },
  {
    name: "input ended before start",
    steps: [
      create({ ...cat, StdinOnce: true }),
      attach(),
      { send: "one", text: "early\n" },
      { halfClose: "one" },
      { quiet: 100 },
      start,
      { ends: "one" },
      wait,
    ],
  },
  {
    name: "stop ends the stream",
    steps: [...running(cat), attach(), { call: "POST /containers/box/stop?t=0" }, { ends: "one" }],
  },
  {
    name: "kill ends the stream",
    steps: [
      ...running(cat),
      attach("one", everything, {}),
      { call: "POST /containers/box/kill" },
      { ends: "one" },
    ],
  },
  {
    name: "removal ends the stream",
    steps: [
      ...running(cat),
      attach("one", everything),
      { call: "DELETE /containers/box?force=1" },
      { ends: "one" },
    ],
  },
  {
    name: "attach logs=1 and stream=1 while running",
    steps: [
      ...running(cat),
      attach(),
      { send: "one", text: "ab\n" },
      { sees: "one", text: "ab" },
      { quiet: 100 },
      attach("two", `logs=1&${everything}`),
      { sees: "two", text: "ab" },
      { send: "one", text: "cd\n" },
      { sees: "two", text: "cd" },
    ],
  },
  {
    name: "attach on a terminal with half-close",
    steps: [
      ...running({ ...cat, Tty: true, StdinOnce: true }),
      attach(),
      { send: "one", text: "ab\n" },
      { sees: "one", text: "ab\r\nab" },
      { halfClose: "one" },
      { quiet: 500 },
      state,
    ],
  },
  { name: "attach to nothing", steps: [create(quick), attach("one", ""), { ends: "one" }] },
  { name: "attach to nothing 200", steps: [create(quick), attach("one", "", {}), { ends: "one" }] },
  {
    name: "attach no stream",
    steps: [create(quick), attach("one", "stdout=1&stderr=1&stdin=1"), { ends: "one" }],
  },
  {
    name: "attach stream only",
    steps: [create(quick), attach("one", "stream=1"), { quiet: 200 }, start, { ends: "one" }],
  },
  {
    name: "attach exited then started",
    steps: [...running(quick), wait, attach("one", everything), { quiet: 300 }, start, { ends: "one" }],
  },
  {
    name: "removal of created ends",
    steps: [create(cat), attach("one", everything), { call: "DELETE /containers/box" }, { stays: "one" }],
  },
  {
    name: "restart ends",
    steps: [
      ...running({ Image: "busybox", Cmd: ["cat"] }),
      attach("one", everything),
      { call: "POST /containers/box/restart?t=0" },
      { ends: "one" },
    ],
  },
  {
    name: "failed start ends",
    steps: [create({ Image: "busybox", Cmd: ["nonexist"] }), attach(), start, { ends: "one" }],
  },
  {
    name: "logs without newline",
    steps: [
      ...running({ Image: "busybox", Cmd: ["echo", "-n", "hi"] }),
      wait,
      attach("one", "logs=1&stdout=1&stderr=1"),
      { ends: "one" },
    ],
  },
  {
    name: "bad query bool",
    steps: [create(quick), attach("one", "logs=zz&stream=0&stdout=1"), { ends: "one" }],
  },
  {
    name: "ws",
    steps: [
      create(quick),
      { call: "GET /containers/box/attach/ws?stream=1" },
      { call: "GET /containers/nope/attach/ws?stream=1" },
    ],
  },
  {
    name: "upgrade other",
    steps: [
      create(quick),
      attach("one", everything, { Upgrade: "websocket", Connection: "Upgrade" }),
      start,
      { ends: "one" },
    ],
  },
  {
    name: "upgrade nocon",
    steps: [create(quick), attach("one", everything, { Upgrade: "tcp" }), start, { ends: "one" }],
  },
];
