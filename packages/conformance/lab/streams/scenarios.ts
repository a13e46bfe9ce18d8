import { type Scenario, type Step, upgrade } from "./scenario.js";

/** Only waits: how an attach to it goes is not a matter of when it ends. */
const cat = { Image: "busybox", Cmd: ["cat"], OpenStdin: true, AttachStdin: true, AttachStdout: true, AttachStderr: true };
const quick = { Image: "busybox", Cmd: ["echo", "hi"] };

const create = (body: object, name = "box"): Step => ({ call: `POST /containers/create?name=${name}`, body });
const start = (name = "box"): Step => ({ call: `POST /containers/${name}/start` });
const running = (body: object): Step[] => [create(body), start()];
const wait: Step = { call: "POST /containers/box/wait" };
const all = "stream=1&stdin=1&stdout=1&stderr=1";
const attach = (open = "one", query = all, headers = upgrade, version = ""): Step => ({
  open,
  call: `POST ${version}/containers/box/attach?${query}`,
  headers,
});
const ended: Step = { look: "/containers/box/json", at: ["State.Status", "State.ExitCode"] };

export const scenarios: readonly Scenario[] = [
  { name: "attach before start, with 101", steps: [create(quick), attach(), start(), { ends: "one" }, wait] },
  { name: "attach before start, with 200", steps: [create(quick), attach("one", all, {}), start(), { ends: "one" }] },
  { name: "attach at 1.41", steps: [create(quick), attach("one", all, upgrade, "/v1.41"), start(), { ends: "one" }] },
  { name: "attach at 1.41 with 200", steps: [create(quick), attach("one", all, {}, "/v1.41"), start(), { ends: "one" }] },
  { name: "attach to a terminal", steps: [create({ ...quick, Tty: true }), attach(), start(), { ends: "one" }] },
  { name: "attach to a terminal with 200", steps: [create({ ...quick, Tty: true }), attach("one", all, {}), start(), { ends: "one" }] },
  { name: "attach to nothing", steps: [create(quick), attach("one", ""), start(), { quiet: 300 }, wait] },
  { name: "attach without stream or logs", steps: [create(quick), attach("one", "stdout=1&stderr=1&stdin=1"), start(), { ends: "one" }] },
  { name: "attach to an exited one", steps: [...running(quick), wait, attach("one", all), { quiet: 300 }] },
  { name: "attach with logs to an exited one", steps: [...running(quick), wait, attach("one", "logs=1&stdout=1&stderr=1"), { ends: "one" }] },
  { name: "attach with logs and stream to an exited one", steps: [...running(quick), wait, attach("one", "logs=1&stream=1&stdout=1&stderr=1"), { quiet: 300 }] },
  { name: "attach to nobody", steps: [attach(), { ends: "one" }] },
  { name: "attach to nobody with 200", steps: [attach("one", all, {}), { ends: "one" }] },
  { name: "attach to nobody at 1.22", steps: [attach("one", all, {}, "/v1.24"), { ends: "one" }] },
  { name: "attach to a paused one", steps: [...running(cat), { call: "POST /containers/box/pause" }, attach(), { ends: "one" }] },
  { name: "attach to a paused one with 200", steps: [...running(cat), { call: "POST /containers/box/pause" }, attach("one", all, {}), { ends: "one" }] },
  { name: "attach to an ambiguous one", steps: [create(quick), { call: "POST /containers/ /attach?stream=1" }] },
  { name: "attach with bad detach keys", steps: [create(quick), attach("one", `${all}&detachKeys=ctrl-1`), { ends: "one" }] },
  { name: "attach bad keys with 200", steps: [create(quick), attach("one", `${all}&detachKeys=ab`, {}), { ends: "one" }] },
  { name: "input and half-close end cat", steps: [...running({ ...cat, StdinOnce: true }), attach(), { send: "one", text: "ab\ncd\n" }, { sees: "one", text: "cd" }, { halfClose: "one" }, { ends: "one" }, wait] },
  { name: "half-close without StdinOnce", steps: [...running(cat), attach(), { send: "one", text: "ab\n" }, { sees: "one", text: "ab" }, { halfClose: "one" }, { quiet: 500 }, ended] },
  { name: "client leaves StdinOnce", steps: [...running({ ...cat, StdinOnce: true }), attach(), { send: "one", text: "ab\n" }, { sees: "one", text: "ab" }, { leave: "one" }, { quiet: 500 }, ended] },
  { name: "client leaves without StdinOnce, another attaches", steps: [...running(cat), attach(), { send: "one", text: "ab\n" }, { sees: "one", text: "ab" }, { leave: "one" }, { quiet: 300 }, attach("two"), { send: "two", text: "cd\n" }, { sees: "two", text: "cd" }, ended] },
  { name: "two attachers", steps: [...running(cat), attach(), attach("two"), { send: "one", text: "ab\n" }, { sees: "two", text: "ab" }, { send: "two", text: "cd\n" }, { sees: "one", text: "cd" }] },
  { name: "two attachers to StdinOnce, one ends input", steps: [...running({ ...cat, StdinOnce: true }), attach(), attach("two"), { send: "one", text: "ab\n" }, { sees: "two", text: "ab" }, { halfClose: "one" }, { quiet: 500 }, ended] },
  { name: "detach keys on a terminal", steps: [...running({ ...cat, Tty: true }), attach(), { send: "one", text: "x\n" }, { sees: "one", text: "x\r\nx" }, { send: "one", text: "\x10\x11" }, { ends: "one" }, ended] },
  { name: "detach keys with 200", steps: [...running({ ...cat, Tty: true }), attach("one", all, {}), { send: "one", text: "x\n" }, { sees: "one", text: "x\r\nx" }, { send: "one", text: "\x10\x11" }, { ends: "one" }, ended] },
  { name: "detach keys half typed", steps: [...running({ ...cat, Tty: true }), attach(), { send: "one", text: "\x10" }, { quiet: 300 }, { send: "one", text: "y\n" }, { quiet: 300 }] },
  { name: "detach keys in one write with text", steps: [...running({ ...cat, Tty: true }), attach(), { send: "one", text: "x\n\x10\x11z" }, { quiet: 300 }] },
  { name: "detach keys without a terminal", steps: [...running(cat), attach(), { send: "one", text: "x\n" }, { sees: "one", text: "x" }, { send: "one", text: "\x10\x11" }, { quiet: 300 }, { send: "one", text: "\n" }, { quiet: 300 }] },
  { name: "detach keys of one's own", steps: [...running({ ...cat, Tty: true }), attach("one", `${all}&detachKeys=a,b,c`), { send: "one", text: "a" }, { send: "one", text: "b" }, { quiet: 100 }, { send: "one", text: "c" }, { ends: "one" }, ended] },
  { name: "detach keys of one's own, broken off", steps: [...running({ ...cat, Tty: true }), attach("one", `${all}&detachKeys=a,b,c`), { send: "one", text: "ab" }, { quiet: 100 }, { send: "one", text: "x\n" }, { quiet: 300 }] },
  { name: "only stdout of two", steps: [create({ Image: "busybox", Cmd: ["sh", "-c", "echo out; echo err >&2"] }), attach("one", "stream=1&stdout=1"), start(), { ends: "one" }] },
  { name: "only stderr", steps: [create({ Image: "busybox", Cmd: ["cat", "/nothing"] }), attach("one", "stream=1&stderr=1"), attach("two", "stream=1&stdout=1"), start(), { ends: "one" }, { ends: "two" }] },
  { name: "input only", steps: [...running({ ...cat, StdinOnce: true }), attach("one", "stream=1&stdin=1"), { send: "one", text: "ab\n" }, { quiet: 200 }, { halfClose: "one" }, { ends: "one" }, wait, { call: "GET /containers/box/logs?stdout=1" }] },
  { name: "input to one without OpenStdin", steps: [...running({ Image: "busybox", Cmd: ["sleep", "1"] }), attach(), { send: "one", text: "ab\n" }, { quiet: 200 }, { ends: "one" }] },
  { name: "input before start", steps: [create({ ...cat, StdinOnce: true }), attach(), { send: "one", text: "early\n" }, { quiet: 100 }, start(), { sees: "one", text: "early" }, { halfClose: "one" }, { ends: "one" }] },
  { name: "input ended before start", steps: [create({ ...cat, StdinOnce: true }), attach(), { send: "one", text: "early\n" }, { halfClose: "one" }, { quiet: 100 }, start(), { ends: "one" }, wait] },
  { name: "input with the request", steps: [create({ ...cat, StdinOnce: true }), { ...attach(), early: "early\n" } as Step, start(), { sees: "one", text: "early" }, { halfClose: "one" }, { ends: "one" }] },
  { name: "stop ends the stream", steps: [...running(cat), attach(), { call: "POST /containers/box/stop?t=0" }, { ends: "one" }] },
  { name: "kill ends the stream", steps: [...running(cat), attach("one", all, {}), { call: "POST /containers/box/kill" }, { ends: "one" }] },
  { name: "removal ends the stream", steps: [...running(cat), attach("one", all), { call: "DELETE /containers/box?force=1" }, { ends: "one" }] },
  { name: "removal of a created one ends the stream", steps: [create(cat), attach("one", all), { call: "DELETE /containers/box" }, { quiet: 500 }] },
  { name: "attach survives a restart", steps: [...running({ Image: "busybox", Cmd: ["sh", "-c", "echo up; sleep 100"] }), attach("one", all), { call: "POST /containers/box/restart?t=0" }, { quiet: 500 }] },
  { name: "attach logs=1 and stream=1 while running", steps: [...running(cat), attach(), { send: "one", text: "ab\n" }, { sees: "one", text: "ab" }, { quiet: 100 }, attach("two", `logs=1&${all}`), { sees: "two", text: "ab" }, { send: "one", text: "cd\n" }, { sees: "two", text: "cd" }] },
  { name: "start fails with an attacher", steps: [create({ Image: "busybox", Cmd: ["nonexist"] }), attach(), start(), { quiet: 300 }] },
  { name: "attach on a terminal with half-close", steps: [...running({ ...cat, Tty: true, StdinOnce: true }), attach(), { send: "one", text: "ab\n" }, { sees: "one", text: "ab\r\nab" }, { halfClose: "one" }, { quiet: 500 }, ended] },
];
