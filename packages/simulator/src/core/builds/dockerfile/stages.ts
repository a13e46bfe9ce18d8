import { engineError } from "@dryharbor/sdk/port";
import { buildsOf } from "../../releases/builds.js";
import type { Release } from "../../releases/release.js";
import { type Instruction, readInstruction } from "./instruction.js";
import type { Dockerfile } from "./read-dockerfile.js";
import { saying } from "./read-dockerfile.js";

type Of<Kind extends Instruction["kind"]> = Extract<Instruction, { readonly kind: Kind }>;

/** One stage: what it stands on, and what is done there. */
export interface Stage {
  readonly from: Of<"FROM">;
  readonly steps: readonly Instruction[];
}

/** A Dockerfile, ready to be carried out. */
export interface Plan {
  /** The arguments above the first stage. */
  readonly args: readonly Of<"ARG">[];
  readonly stages: readonly Stage[];
}

/** Reads all instructions of a Dockerfile. @throws 400 with the line */
export function planOf(release: Release, { lines }: Dockerfile): Plan {
  const args: Of<"ARG">[] = [];
  const stages: { from: Of<"FROM">; steps: Instruction[] }[] = [];
  for (const line of lines) {
    const instruction = saying("", () => readNumbered(release, line));
    const stage = stages.at(-1);
    if (instruction.kind === "FROM") stages.push({ from: instruction, steps: [] });
    else if (stage) stage.steps.push(instruction);
    else if (instruction.kind === "ARG") args.push(instruction);
    else throw engineError(400, "no build stage in current context");
  }
  return { args, stages };
}

function readNumbered(release: Release, line: Dockerfile["lines"][number]): Instruction {
  try {
    return readInstruction(release, line);
  } catch (error) {
    if (!(error instanceof Error && "status" in error)) throw error;
    throw engineError(400, buildsOf(release).parseProblem(line.number, error.message));
  }
}

/** Leaves out what comes after a stage. @throws 400 there is no such stage */
export function upTo(release: Release, plan: Plan, target: string): Plan {
  if (target === "") return plan;
  const at = plan.stages.findIndex(({ from }) => from.stage === target.toLowerCase());
  if (at < 0) throw engineError(400, buildsOf(release).noTarget(target));
  return { ...plan, stages: plan.stages.slice(0, at + 1) };
}
