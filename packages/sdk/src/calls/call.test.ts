import { describe, expect, it } from "vitest";
import type { CallOptions } from "../call.js";
import { pulledReference } from "../pulled-reference.js";
import { body, type CallsOf, changed, json, nothing, path, query, upload } from "./call.js";
import { everyCall } from "./calls.js";

interface Things {
  show(thing: string, options?: CallOptions & { size?: boolean }): Promise<{ Id: string }>;
  drop(thing: string, request: { Force: boolean }, options?: CallOptions): Promise<void>;
}

const show = {
  route: "GET /things/{thing}",
  arguments: [path("thing")],
  options: { size: query },
  answer: json(),
  errors: [404],
} as const;

const drop = {
  route: "DELETE /things/{thing}",
  arguments: [path("thing"), body],
  answer: nothing(),
  errors: [404],
} as const;

// What the compiler refuses: `tsc` fails where one of these lines is no error.
export const refused = [
  { show, drop } satisfies CallsOf<Things>,
  // @ts-expect-error a method without a declaration
  { show } satisfies CallsOf<Things>,
  // @ts-expect-error a declaration without a method
  { show, drop, lose: drop } satisfies CallsOf<Things>,
  // @ts-expect-error an option that the method does not take
  { show: { ...show, options: { size: query, weight: query } }, drop } satisfies CallsOf<Things>,
  // @ts-expect-error an option that is not declared
  { show: { ...show, options: {} }, drop } satisfies CallsOf<Things>,
  // @ts-expect-error options where there are none
  { show, drop: { ...drop, options: { size: query } } } satisfies CallsOf<Things>,
  // @ts-expect-error an argument that is not declared
  { show, drop: { ...drop, arguments: [path("thing")] } } satisfies CallsOf<Things>,
  // @ts-expect-error text is no JSON body
  { show: { ...show, arguments: [body] }, drop } satisfies CallsOf<Things>,
  // @ts-expect-error an object is no archive
  { show, drop: { ...drop, arguments: [path("thing"), upload] } } satisfies CallsOf<Things>,
  // @ts-expect-error the method has a result
  { show: { ...show, answer: nothing() }, drop } satisfies CallsOf<Things>,
  // @ts-expect-error the method does not tell whether anything changed
  { show, drop: { ...drop, answer: changed() } } satisfies CallsOf<Things>,
];

describe.each(everyCall)("$name", ({ call }) => {
  it("has an argument for each variable of its path, and no other", () => {
    const variables = [...call.route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const places = (call.arguments ?? []).flatMap((place) => (place.at === "path" ? [place.name] : []));
    expect(places).toEqual(variables);
  });

  it("has one body at most, and none where HTTP has none", () => {
    const bodies = (call.arguments ?? []).filter(({ at }) => at === "body" || at === "upload");
    expect(bodies.length).toBeLessThanOrEqual(/^(POST|PUT) /.test(call.route) ? 1 : 0);
  });

  it("says each status once, in order", () => {
    const ordered = [...new Set(call.errors)].sort((one, other) => one - other);
    expect(call.errors).toEqual(ordered);
    expect(ordered.every((status) => status >= 400)).toBe(true);
    expect(call.answer.statuses.every((status) => status < 400)).toBe(true);
  });
});

it("a reference is pulled by name and tag", () => {
  expect(pulledReference("busybox")).toEqual({ fromImage: "busybox", tag: "latest" });
  expect(pulledReference("localhost:5000/app")).toEqual({ fromImage: "localhost:5000/app", tag: "latest" });
  expect(pulledReference("localhost:5000/app:1")).toEqual({ fromImage: "localhost:5000/app", tag: "1" });
  expect(pulledReference("app@sha256:00")).toEqual({ fromImage: "app", tag: "sha256:00" });
});
