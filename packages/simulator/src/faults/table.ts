// The faults of one simulator: which there are, and how often each has been met.

import type { Time } from "@dryharbor/kernel/host";
import type { Container } from "../core/containers/container.js";
import type { Daemon } from "../core/daemon.js";
import type { Question } from "../core/dns/question.js";
import type { SavedFaults, StruckName } from "../core/faults.js";
import { seededRandom } from "../core/random.js";
import { asksForBody, isAbout, matches } from "./calls/match.js";
import type { Subject } from "./calls/subject.js";
import type { CallFault, Fault, NameFault, Often, WayFault } from "./fault.js";
import { isSpent, type Met, meet, steps, unmet } from "./law.js";
import { isAsked, struckName } from "./names/strike-name.js";
import type { AddedWay } from "./ways/change-verdict.js";
import { lineOf } from "./ways/lines.js";

/** A fault that was added. Plain data. */
export interface Added extends Met {
  readonly number: number;
  readonly fault: Fault;
}

/** A fault that strikes a call. */
export interface StruckCall {
  readonly number: number;
  readonly fault: CallFault;
}

/** The faults of one simulator, in the order in which they were added. */
export class FaultTable {
  #last: number;
  readonly #seed: number;
  #added: Mutable<Added>[];

  constructor(saved: SavedFaults) {
    this.#last = saved.last;
    this.#seed = saved.seed;
    this.#added = (saved.faults as readonly Added[]).map((each) => ({ ...each }));
  }

  get all(): readonly Added[] {
    return this.#added;
  }

  get saved(): SavedFaults {
    return { last: this.#last, seed: this.#seed, faults: this.#added };
  }

  /** Adds a fault. Returns its number. */
  add(fault: Fault): number {
    const number = ++this.#last;
    this.#added = [...this.#added, { number, fault, ...unmet(this.#seed, number) }];
    return number;
  }

  has(number: number): boolean {
    return this.#added.some((each) => each.number === number);
  }

  remove(number: number): void {
    this.#added = this.#added.filter((each) => each.number !== number);
  }

  /** Returns whether what strikes calls of this kind has to know what a request's body says. */
  asksForBody(subject: Pick<Subject, "call" | "route">): boolean {
    return this.#added.some(
      ({ fault }) => isCallFault(fault) && isAbout(fault, subject) && asksForBody(fault),
    );
  }

  /** Counts a call with the faults that match it, up to the one that strikes it. */
  strikeCall(daemon: Daemon, subject: Subject): StruckCall | undefined {
    const strikes = (added: Mutable<Added>): boolean => {
      const { fault } = added;
      return (
        isCallFault(fault) &&
        isAbout(fault, subject) &&
        !isSpent(fault, added) &&
        matches(daemon, fault.where, subject) &&
        this.#meet(added, fault)
      );
    };
    const struck = this.#added.find(strikes);
    return struck && { number: struck.number, fault: struck.fault as CallFault };
  }

  /** Counts a question with the faults of names that match it, up to the one that strikes it. */
  strikeName(daemon: Daemon, asker: Container, question: Question): StruckName | undefined {
    const struck = this.#added.find(
      (added) =>
        "name" in added.fault &&
        isAsked(daemon, added.fault, asker, question) &&
        this.#meet(added, added.fault),
    );
    return struck && struckName(struck.fault as NameFault);
  }

  /** Draws a number of a fault's own chance: from 0 up to, but not including, 1. */
  chance(added: Mutable<Added>): number {
    const random = seededRandom(added.chance);
    const drawn = random.below(steps) / steps;
    added.chance = random.state;
    return drawn;
  }

  /** Returns the faults of ways with their lines. */
  ways(time: Time): AddedWay[] {
    return this.#added.flatMap((added) => {
      const { fault } = added;
      if (!isWayFault(fault)) return [];
      const around = {
        time,
        chance: () => this.chance(added),
        count: (isStruck: boolean) => {
          added.met++;
          if (isStruck) added.struck++;
        },
      };
      const lines = { there: lineOf(fault, around), back: lineOf(fault, around) };
      return [{ fault, number: added.number, line: (direction: "there" | "back") => lines[direction] }];
    });
  }

  /** Counts that a fault is met. Returns whether it strikes. */
  #meet(added: Mutable<Added>, law: Often): boolean {
    const { strikes, after } = meet(law, added);
    Object.assign(added, after);
    return strikes;
  }
}

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] };

function isWayFault(fault: Fault): fault is WayFault {
  return "between" in fault || "from" in fault || "network" in fault;
}

function isCallFault(fault: Fault): fault is CallFault {
  return "call" in fault || "route" in fault;
}
