import { arrayOf, object } from "../../schema.js";
import { type Kept, shownTime } from "../control.js";
import { type ControlRoute, json, jsonType } from "../route.js";
import { ref, snapshotName } from "../shapes.js";

const variables = { name: snapshotName };

export const snapshotRoutes: readonly ControlRoute[] = [
  {
    method: "POST",
    path: "/reset",
    id: "reset",
    command: "reset",
    summary: "Brings back the state at the start, or the one of a snapshot; clients' connections end",
    body: {
      schema: object({ snapshot: snapshotName }, []),
      optional: true,
      example: { snapshot: "deployed" },
    },
    answers: { status: 204 },
    problems: ["not-found", "conflict"],
    async perform(control, { body }) {
      await control.load((body as { readonly snapshot?: string }).snapshot);
      return { status: 204 };
    },
  },
  {
    method: "GET",
    path: "/snapshots",
    id: "listSnapshots",
    command: "snapshots list",
    summary: "Lists the snapshots in the order in which they were saved first",
    answers: { status: 200, content: { [jsonType]: arrayOf(ref("Snapshot")) } },
    perform: ({ kept }) => json(kept.map(shown)),
  },
  {
    method: "PUT",
    path: "/snapshots/{name}",
    id: "saveSnapshot",
    command: "snapshots save",
    summary: "Saves the state of now under a name, in place of an earlier one",
    variables,
    answers: { status: 201, content: { [jsonType]: ref("Snapshot") } },
    problems: ["conflict"],
    perform: async (control, { path }) => json(shown(await control.save(path.name!)), 201),
  },
  {
    method: "GET",
    path: "/snapshots/{name}",
    id: "showSnapshot",
    command: "snapshots show",
    summary: "Shows the saved state as JSON, which createSimulator({ snapshot }) goes on from",
    variables,
    answers: { status: 200, content: { [jsonType]: ref("SavedState") } },
    problems: ["not-found"],
    perform: (control, { path }) => json(control.snapshot(path.name!).simulator.snapshot()),
  },
  {
    method: "DELETE",
    path: "/snapshots/{name}",
    id: "deleteSnapshot",
    command: "snapshots delete",
    summary: "Forgets a snapshot",
    variables,
    answers: { status: 204 },
    problems: ["not-found"],
    perform(control, { path }) {
      control.delete(path.name!);
      return { status: 204 };
    },
  },
  {
    method: "POST",
    path: "/snapshots/{name}/load",
    id: "loadSnapshot",
    command: "snapshots load",
    summary: "Brings back the state of a snapshot, as a reset to it; clients' connections end",
    variables,
    answers: { status: 204 },
    problems: ["not-found", "conflict"],
    async perform(control, { path }) {
      await control.load(path.name!);
      return { status: 204 };
    },
  },
];

function shown({ name, at }: Kept): object {
  return { name, at: shownTime(at) };
}
