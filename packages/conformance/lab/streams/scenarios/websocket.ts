import type { Headers, Scenario, Step } from "../scenario.js";
import { cat, create, quick, running, start, wait } from "../steps.js";

const upgrade: Headers = {
  Connection: "Upgrade",
  Upgrade: "websocket",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Version": "13",
};

const webSocket = (query: string, version = ""): Step => ({
  open: "one",
  call: `GET ${version}/containers/box/attach/ws?${query}`,
  headers: upgrade,
});

const [text, close, ping] = [0x81, 0x88, 0x89];

/** A client's short message, with a mask of zeros. */
const message = (opcode: number, data: string): Step => ({
  send: "one",
  text: `${String.fromCharCode(opcode, 0x80 | data.length)}\0\0\0\0${data}`,
});

const refused = (more: Headers, query = ""): Step => ({
  call: `GET /containers/box/attach/ws${query}`,
  headers: { ...upgrade, ...more },
});

export const webSocketScenarios: readonly Scenario[] = [
  {
    name: "websocket",
    steps: [
      ...running(cat),
      webSocket("stream=1&stdin=1&stdout=1"),
      message(text, "hi\n"),
      { sees: "one", text: "hi" },
      message(ping, "hey"),
      { sees: "one", text: "hey" },
      message(close, "\x03\xe8"),
      { ends: "one" },
    ],
  },
  {
    name: "websocket of old",
    steps: [
      ...running(cat),
      webSocket("stream=1", "/v1.27"),
      message(text, "hi\n"),
      { sees: "one", text: "hi" },
      { halfClose: "one" },
      { ends: "one" },
    ],
  },
  {
    name: "websocket without a mask",
    steps: [
      ...running(cat),
      webSocket("stream=1&stdin=1&stdout=1"),
      { send: "one", text: "\x81\x03hi\n" },
      { ends: "one" },
    ],
  },
  {
    name: "websocket ends with its process",
    steps: [create(quick), webSocket("stream=1&stdout=1"), start, { ends: "one" }],
  },
  {
    name: "websocket of a log",
    steps: [create(quick), start, wait, webSocket("logs=1&stdout=1"), { ends: "one" }],
  },
  {
    name: "websocket refused",
    steps: [
      create(quick),
      refused({ "Sec-WebSocket-Version": "8" }),
      refused({ "Sec-WebSocket-Key": "" }),
      refused({ Upgrade: "tcp" }),
      refused({ Connection: "close" }),
      refused({}, "?detachKeys=nope"),
      { call: "GET /containers/nope/attach/ws", headers: upgrade },
    ],
  },
];
