import { UsageError } from "@dryharbor/sdk/port";
import type { ReleaseName } from "../../core/releases/row.js";
import type { Fault } from "../../faults/fault.js";
import type { ListedFault } from "../../faults/faults.js";
import { readFault } from "../../faults/read-fault.js";
import { arrayOf } from "../../schema.js";
import type { Control } from "../control.js";
import { Problem } from "../problem.js";
import { type ControlRoute, json, jsonType } from "../route.js";
import { pathNumber, ref } from "../shapes.js";

const variables = { number: pathNumber };

export const faultRoutes: readonly ControlRoute[] = [
  {
    method: "GET",
    path: "/faults",
    id: "listFaults",
    command: "faults list",
    summary: "Lists the faults in the order in which they were added",
    answers: { status: 200, content: { [jsonType]: arrayOf(ref("AddedFault")) } },
    perform: ({ simulator: { faults } }) => json(faults.list()),
  },
  {
    method: "POST",
    path: "/faults",
    id: "addFault",
    command: "faults add",
    summary: "Adds a fault; clients meet it from now on",
    body: {
      schema: ref("Fault"),
      checkedByRoute: true,
      example: { call: "networks.connect", times: 1, error: { status: 500, message: "no more endpoints" } },
    },
    answers: { status: 201, content: { [jsonType]: ref("AddedFault") } },
    async perform(control, { body }) {
      const { simulator } = control;
      const { number } = await simulator.faults.add(read(body, simulator.release));
      return json(found(control, number), 201);
    },
  },
  {
    method: "DELETE",
    path: "/faults",
    id: "clearFaults",
    command: "faults clear",
    summary: "Removes all faults",
    answers: { status: 204 },
    async perform({ simulator: { faults } }) {
      await faults.clear();
      return { status: 204 };
    },
  },
  {
    method: "GET",
    path: "/faults/{number}",
    id: "showFault",
    command: "faults show",
    summary: "Shows a fault, and how often it has struck",
    variables,
    answers: { status: 200, content: { [jsonType]: ref("AddedFault") } },
    problems: ["not-found"],
    perform: (control, { path }) => json(found(control, Number(path.number))),
  },
  {
    method: "DELETE",
    path: "/faults/{number}",
    id: "removeFault",
    command: "faults remove",
    summary: "Removes a fault; what waits for its sake goes on",
    variables,
    answers: { status: 204 },
    problems: ["not-found"],
    async perform({ simulator: { faults } }, { path }) {
      if (!(await faults.remove(Number(path.number)))) throw gone(Number(path.number));
      return { status: 204 };
    },
  },
];

/** Reads a fault before what faults need is loaded, which would be in the state from then on. */
function read(body: unknown, release: ReleaseName): Fault {
  try {
    return readFault(body, release);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new Problem("invalid", error.message, {}, { cause: error });
  }
}

function found({ simulator: { faults } }: Control, number: number): ListedFault {
  const fault = faults.list().find((each) => each.number === number);
  if (!fault) throw gone(number);
  return fault;
}

function gone(number: number): Problem {
  return new Problem("not-found", `there is no fault ${number}: GET /faults lists them`);
}
