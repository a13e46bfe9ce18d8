// Compiling a pattern's tree to instructions. The three searches (automaton.ts, threads.ts, backtracking.ts)
// run them.
import { BadPattern } from "./bad-pattern.js";
import type { CharacterSet } from "./characters.js";
import type { Assertion } from "./position.js";
import type { Tree } from "./tree.js";

/** One instruction of a compiled pattern. Unless it names a target, the next instruction follows. */
type Instruction =
  | { readonly kind: "set"; readonly set: CharacterSet }
  /** Goes on with the next instruction, and with `other`, which is less preferred. */
  | { readonly kind: "split"; readonly other: number }
  /** Goes on with `back`, and with the next instruction, which is less preferred. */
  | { readonly kind: "loop"; readonly back: number }
  | { readonly kind: "jump"; readonly to: number }
  /** Stores the position in a slot. The whole match has the slots 0 and 1, group 1 has 2 and 3, and so on. */
  | { readonly kind: "slot"; readonly slot: number }
  | { readonly kind: "assertion"; readonly holds: Assertion }
  | { readonly kind: "reference"; readonly number: number; readonly ignoresCase: boolean }
  | { readonly kind: "match" };

/** A compiled pattern: the instructions of a nondeterministic automaton. */
export interface Program {
  readonly instructions: readonly Instruction[];
  readonly slots: number;
  readonly hasAssertions: boolean;
  /** The numbers of the groups that back references name. */
  readonly references: ReadonlySet<number>;
}

/**
 * The most parts that counted repetitions may add to a pattern. A repetition is written out, so a few
 * characters of a pattern can ask for any number of parts. Each part may cost a step for each character of a
 * text.
 */
const mostAdded = 10_000;
/**
 * The deepest tree that is compiled. It keeps the compiler from overflowing the stack. Go has the same limit.
 */
const deepest = 1000;

/** Compiles a tree to instructions. @throws {BadPattern} The tree has too many parts or is too deep. */
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
  /** The number of open repetitions whose body is being written a second time or later. */
  #repetitions = 0;
  #depth = 0;

  emit(instruction: Instruction): number {
    return this.instructions.push(instruction) - 1;
  }

  add(tree: Tree): void {
    // Parts without instructions count, too: an empty group could otherwise be repeated any number of times.
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

  /** Reserves a place for an instruction whose target is not known yet. */
  #reserve(): number {
    return this.emit({ kind: "match" });
  }
}
