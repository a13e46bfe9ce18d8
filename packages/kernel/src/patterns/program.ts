import { BadPattern } from "./bad-pattern.js";
import type { CharacterSet } from "./characters.js";
import type { Assertion } from "./position.js";
import type { Tree } from "./tree.js";

/** One step of a pattern. Those without a target go on with the next. */
type Instruction =
  | { readonly kind: "set"; readonly set: CharacterSet }
  /** Goes on with the next, and with `other`, which is less preferred. */
  | { readonly kind: "split"; readonly other: number }
  /** As `split`, with the next less preferred. */
  | { readonly kind: "loop"; readonly back: number }
  | { readonly kind: "jump"; readonly to: number }
  /** Keeps the position: group 1 has the slots 2 and 3, the whole match has 0 and 1. */
  | { readonly kind: "slot"; readonly slot: number }
  | { readonly kind: "assertion"; readonly holds: Assertion }
  | { readonly kind: "reference"; readonly number: number; readonly ignoresCase: boolean }
  | { readonly kind: "match" };

/** A pattern as a nondeterministic automaton. */
export interface Program {
  readonly instructions: readonly Instruction[];
  readonly slots: number;
  readonly hasAssertions: boolean;
  /** The groups that are referred to. */
  readonly references: ReadonlySet<number>;
}

/**
 * The most parts that counted repetitions may add to a pattern. They are written out, so that a few characters can ask
 * for any number of parts, and each part may be a step for each character of a text.
 */
const mostAdded = 10_000;
/** How deep a tree may be, for the sake of the stack. Go has the same limit. */
const deepest = 1000;

/** Writes a tree out as instructions. @throws {BadPattern} it asks for too many parts, or is too deep */
export function compiled(tree: Tree): Program {
  const compiler = new Compiler();
  compiler.add(tree);
  compiler.emit({ kind: "match" });
  return compiler;
}

class Compiler implements Program {
  readonly instructions: Instruction[] = [];
  readonly references = new Set<number>();
  slots = 2;
  hasAssertions = false;
  #added = 0;
  /** How many repetitions are being written out, the first time of each aside. */
  #repetitions = 0;
  #depth = 0;

  emit(instruction: Instruction): number {
    return this.instructions.push(instruction) - 1;
  }

  add(tree: Tree): void {
    // Parts count that have no instruction, too: nothing at all can be repeated without end.
    if (this.#repetitions > 0) this.#added++;
    if (this.#added > mostAdded || ++this.#depth > deepest) {
      throw new BadPattern("Regular expression too big");
    }
    switch (tree.kind) {
      case "set":
        this.emit(tree);
        break;
      case "assertion":
        this.hasAssertions = true;
        this.emit(tree);
        break;
      case "reference":
        this.references.add(tree.number);
        this.emit(tree);
        break;
      case "sequence":
        for (const part of tree.parts) this.add(part);
        break;
      case "group":
        this.slots = Math.max(this.slots, 2 * tree.number + 2);
        this.emit({ kind: "slot", slot: 2 * tree.number });
        this.add(tree.body);
        this.emit({ kind: "slot", slot: 2 * tree.number + 1 });
        break;
      case "choice":
        this.#choice(tree.branches);
        break;
      case "repeat":
        this.#repeat(tree.body, tree.least, tree.most);
        break;
    }
    this.#depth--;
  }

  #choice(branches: readonly Tree[]): void {
    const ends: number[] = [];
    for (const [index, branch] of branches.entries()) {
      if (index === branches.length - 1) this.add(branch);
      else {
        const split = this.#reserve();
        this.add(branch);
        ends.push(this.#reserve());
        this.instructions[split] = { kind: "split", other: this.instructions.length };
      }
    }
    for (const end of ends) this.instructions[end] = { kind: "jump", to: this.instructions.length };
  }

  #repeat(body: Tree, least: number, most: number): void {
    const splits: number[] = [];
    const times = most === Number.POSITIVE_INFINITY ? Math.max(1, least) : most;
    for (let time = 0; time < times; time++) {
      if (time === 1) this.#repetitions++;
      if (time >= least) splits.push(this.#reserve());
      const back = this.instructions.length;
      this.add(body);
      if (most === Number.POSITIVE_INFINITY && time === times - 1) this.emit({ kind: "loop", back });
    }
    if (times > 1) this.#repetitions--;
    for (const split of splits) this.instructions[split] = { kind: "split", other: this.instructions.length };
  }

  /** A place for an instruction whose target is not known yet. */
  #reserve(): number {
    return this.emit({ kind: "match" });
  }
}
