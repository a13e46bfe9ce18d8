import type { Answer, AnyCall, Place } from "../../src/calls/call.js";
import { everyCall, type NamedCall } from "../../src/calls/calls.js";
import { undeclaredRoutes } from "../../src/calls/undeclared.js";

/** The reference of all calls as Markdown. */
export function reference(): string {
  return [
    "# Calls",
    "",
    "Every call of the Engine API that the port has, and how it is sent. A method takes its arguments in the order of the",
    "column *arguments*, then its options in one object, which may also have an `abortSignal`. The number after an option is",
    "the API version that knows it first. Refusals are the statuses that moby's handlers give; each is an error of its own",
    "class. This file is made of the declarations in `packages/sdk/src/calls`, by",
    "`npx -y pnpm@10 vitest run packages/sdk/test/reference -u`.",
    "",
    "| call | request | arguments | options | answer | refusals |",
    "|---|---|---|---|---|---|",
    ...everyCall.map(row),
    "",
    "## What the port does not have",
    "",
    "| routes | reason |",
    "|---|---|",
    ...undeclaredRoutes.map(({ reason, routes }) => `| ${routes.map(code).join(", ")} | ${reason} |`),
    "",
  ].join("\n");
}

function row({ name, call }: NamedCall): string {
  const cells = [
    code(name),
    request(call),
    (call.arguments ?? []).map((place) => where(place, "")).join(", "),
    Object.entries(call.options ?? {})
      .map(([option, place]) => optionText(option, place))
      .join(", "),
    answerText(call.answer),
    call.errors.join(" "),
  ];
  return `| ${cells.join(" | ")} |`;
}

function request({ route, always = {}, since }: AnyCall): string {
  const query = Object.entries(always).map(([name, value]) => `${name}=${value}`);
  const text = code(query.length > 0 ? `${route}?${query.join("&")}` : route);
  return since === undefined ? text : `${text} (${since})`;
}

function optionText(option: string, place: Place): string {
  if (place.at === "query") {
    const details = [
      ...(place.since === undefined ? [] : [place.since]),
      ...(place.otherwise === undefined ? [] : [`default ${place.otherwise}`]),
    ];
    return details.length > 0 ? `${code(option)} (${details.join(", ")})` : code(option);
  }
  return `${code(option)} (${where(place, option)})`;
}

function where(place: Place, option: string): string {
  switch (place.at) {
    case "path":
      return code(`{${place.name}}`);
    case "query":
      return `query ${code(place.name ?? option)}`;
    case "header":
      return "header, base64 of JSON";
    case "body":
      return "JSON body";
    case "upload":
      return "tar body";
    case "driver":
      return "not sent";
  }
}

const answers: Readonly<Record<Answer["kind"], string>> = {
  nothing: "nothing",
  changed: "whether anything changed",
  json: "JSON",
  headers: "its headers",
  bytes: "a tar archive",
  archive: "a tar archive and a header",
  lines: "JSON, a line each",
  progress: "progress",
  output: "output",
  connection: "a connection, both ways",
};

function answerText({ kind, statuses }: Answer): string {
  return `${answers[kind]} (${statuses.join(", ")})`;
}

function code(text: string): string {
  return `\`${text}\``;
}
