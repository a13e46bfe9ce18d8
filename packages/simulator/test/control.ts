// What tests of the control API share: a control without sockets, and requests to it.
import { virtualTime } from "@dryharbor/kernel/host";
import { controlApi } from "../src/control/api.js";
import { Control, type ForkPlace, type World } from "../src/control/control.js";
import type { HttpResponse } from "../src/http/message.js";
import { createSimulator, type SimulatorOptions } from "../src/simulator.js";

/** An answer, with its body as JSON where it is some. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: HttpResponse["headers"];
  readonly text: string;
  readonly body: unknown;
}

/** A request of a test. A body that is no text is sent as JSON. */
export interface Asked {
  readonly method?: string;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Makes a control of a simulator with virtual time, or the machine's own, that serves nothing. */
export async function control(options: SimulatorOptions & { readonly machineTime?: boolean } = {}) {
  const { machineTime, ...rest } = options;
  const time = machineTime ? undefined : virtualTime();
  const world: World = { simulator: createSimulator({ ...rest, ...(time && { time }) }), time };
  const forks: (World & ForkPlace)[] = [];
  const held = await Control.of(world, {
    version: "1.2.3",
    hosts: ["unix:///tmp/docker.sock"],
    replace: async () => {},
    async serveFork(fork, where) {
      forks.push({ ...fork, ...where });
      return {
        host: where.host ?? "tcp://127.0.0.1:1",
        control: where.control,
        close: () => fork.simulator.close(),
      };
    },
  });
  const handle = controlApi(held, { isOwnHost: (host) => host === "own" });
  const ask = async ({ method = "GET", target, headers = {}, body }: Asked): Promise<Answer> => {
    const bytes =
      body instanceof Uint8Array
        ? body
        : new TextEncoder().encode(
            body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body),
          );
    const response = await handle({
      method,
      target,
      headers: { host: "own", ...headers },
      body: {
        length: bytes.length,
        async *[Symbol.asyncIterator]() {
          yield bytes;
        },
      },
      signal: new AbortController().signal,
    });
    const text = typeof response.body === "string" ? response.body : "";
    const type = response.headers["Content-Type"] ?? "";
    return {
      status: response.status,
      headers: response.headers,
      type,
      text,
      body: /^application\/(problem\+)?json$/.test(type) ? JSON.parse(text) : undefined,
    };
  };
  return {
    control: held,
    forks,
    ask,
    async [Symbol.asyncDispose]() {
      await held.close();
      await held.simulator.close();
    },
  };
}
