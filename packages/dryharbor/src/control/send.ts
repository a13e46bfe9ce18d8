// Sends a request to the control API, over a socket or TCP.
import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { text } from "node:stream/consumers";
import type { Address } from "@dryharbor/simulator/command";
import type { Tls } from "@dryharbor/simulator/node";
import type { RouteRequest } from "./command-line.js";
import { Unreachable } from "./unreachable.js";

/** An answer of the control API. */
export interface ControlAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Sends a request. @throws {Unreachable} nobody answers */
export async function send(
  address: Address,
  { method, target, body }: RouteRequest,
  tls: Tls | undefined,
): Promise<ControlAnswer> {
  const json = body === undefined ? undefined : JSON.stringify(body);
  const place =
    address.kind === "unix" ? { socketPath: address.path } : { host: address.host, port: address.port };
  const headers = json === undefined ? {} : { "Content-Type": "application/json" };
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { ...place, method, path: target, headers, agent: false as const };
      (tls ? tlsRequest({ ...options, ...tls }, resolve) : plainRequest(options, resolve))
        .on("error", reject)
        .end(json);
    });
    return {
      status: response.statusCode ?? 0,
      type: response.headers["content-type"] ?? "",
      body: await text(response),
    };
  } catch (cause) {
    throw new Unreachable(address, cause as NodeJS.ErrnoException);
  }
}
