import type { ByteSource } from "../bytes.js";
import type { CallOptions } from "../call.js";
import { encodedJson } from "../calls/base64.js";
import type { AnyCall, Place } from "../calls/call.js";
import type { Request } from "./connection.js";
import { containerSegment, pathSegment } from "./path.js";

/** The request that a declared call makes of the arguments of its method. */
export function requestOf(call: AnyCall, parameters: readonly unknown[]): Request {
  const { arguments: own = [], options: places = {}, always = {} } = call;
  const options = (parameters[own.length] ?? {}) as CallOptions & Readonly<Record<string, unknown>>;
  const [method, route] = call.route.split(" ") as [Request["method"], string];
  const request: Draft = { method, path: route, query: { ...always } };
  for (const [index, place] of own.entries()) put(request, place, "", parameters[index]);
  for (const [name, place] of Object.entries(places)) put(request, place, name, options[name]);
  return options.abortSignal ? { ...request, abortSignal: options.abortSignal } : request;
}

type Draft = { -readonly [Field in keyof Request]: Request[Field] } & {
  query: Record<string, NonNullable<Request["query"]>[string]>;
};

function put(request: Draft, place: Place, option: string, value: unknown): void {
  switch (place.at) {
    case "path": {
      const segment = place.name === "container" ? containerSegment : pathSegment;
      request.path = request.path.replace(`{${place.name}}`, () => segment(String(value)));
      return;
    }
    case "query":
      if (place.json && value !== undefined) request.query[place.name ?? option] = JSON.stringify(value);
      else if (place.instead) {
        if (value === true) delete request.query[place.instead];
      } else if (place.split) Object.assign(request.query, place.split(String(value)));
      else request.query[place.name ?? option] = (value ?? place.otherwise) as Draft["query"][string];
      return;
    case "header": {
      const content = (value ?? place.otherwise) as object | undefined;
      if (content) request.headers = { ...request.headers, [place.name]: encodedJson(content) };
      return;
    }
    case "body":
      request.body = (value ?? {}) as object;
      return;
    case "upload":
      request.upload = value as ByteSource;
      return;
    case "driver":
      return;
  }
}
