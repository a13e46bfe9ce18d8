import { arrayOf, object } from "../../schema.js";
import type { ForkPlace } from "../control.js";
import { type ControlRoute, json, jsonType } from "../route.js";
import { pathNumber, ref, snapshotName } from "../shapes.js";

const address = { type: "string", description: "unix:///path or tcp://127.0.0.1:port" } as const;

export const forkRoutes: readonly ControlRoute[] = [
  {
    method: "GET",
    path: "/forks",
    id: "listForks",
    command: "forks list",
    summary: "Lists the forks that are served",
    answers: { status: 200, content: { [jsonType]: arrayOf(ref("Fork")) } },
    perform: ({ forks }) => json(forks),
  },
  {
    method: "POST",
    path: "/forks",
    id: "fork",
    command: "forks create",
    summary: "Serves a further simulator with the state of now, or of a snapshot, on a host of its own",
    body: {
      schema: object({ snapshot: snapshotName, host: address, control: address }, []),
      optional: true,
      example: { snapshot: "deployed", host: "tcp://127.0.0.1:0", control: "tcp://127.0.0.1:0" },
    },
    answers: { status: 201, content: { [jsonType]: ref("Fork") } },
    problems: ["not-found", "conflict"],
    perform: async (control, { body }) =>
      json(await control.fork(body as ForkPlace & { readonly snapshot?: string }), 201),
  },
  {
    method: "DELETE",
    path: "/forks/{id}",
    id: "endFork",
    command: "forks end",
    summary: "Ends a fork and its server",
    variables: { id: pathNumber },
    answers: { status: 204 },
    problems: ["not-found"],
    async perform(control, { path }) {
      await control.endFork(Number(path.id));
      return { status: 204 };
    },
  },
];
