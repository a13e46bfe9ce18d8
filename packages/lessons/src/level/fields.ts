// Reads fields of JSON by declared shapes, and collects in words what is wrong and where.

/** What is wrong with a level, and where. */
export interface LevelProblem {
  /** The place, as one would write it in JavaScript: `steps[2].predict.choices`. Empty: the whole. */
  readonly where: string;
  readonly what: string;
}

/** Reads a value that stands at a place. It always returns something; problems go to the list. */
export type Read<T> = (value: unknown, where: string, problems: LevelProblem[]) => T;

export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return { string: "a text", number: "a number", boolean: `${value}`, object: "an object" }[
    typeof value as string
  ]!;
}

function expected<T>(
  what: string,
  fallback: T,
): (value: unknown, where: string, problems: LevelProblem[]) => T {
  return (value, where, problems) => {
    problems.push({
      where,
      what: value === undefined ? `${what} is missing` : `${what} must stand here, not ${kindOf(value)}`,
    });
    return fallback;
  };
}

/** A text that is not empty, of a form where one is given. */
export function text(what = "a text", form?: RegExp): Read<string> {
  return (value, where, problems) => {
    if (typeof value !== "string") return expected(what, "")(value, where, problems);
    if (value.trim() === "") problems.push({ where, what: `${what} must stand here, not an empty one` });
    else if (form && !form.test(value)) problems.push({ where, what: `"${value}" is not ${what}` });
    return value;
  };
}

/** A text, or a list of texts: one is as good as a list of one. */
export const prose: Read<readonly string[]> = (value, where, problems) => {
  if (typeof value === "string") return [text()(value, where, problems)];
  return list(text())(value, where, problems);
};

export function number(what: string, least: number, most: number): Read<number> {
  return (value, where, problems) => {
    if (typeof value !== "number") return expected(what, least)(value, where, problems);
    if (!Number.isInteger(value) || value < least || value > most) {
      problems.push({ where, what: `${what} must stand here, ${least} to ${most}, not ${value}` });
    }
    return value;
  };
}

export const flag: Read<boolean> = (value, where, problems) =>
  typeof value === "boolean" ? value : expected("true or false", false)(value, where, problems);

export const onlyTrue: Read<true> = (value, where, problems) =>
  value === true ? value : expected("true, or no such field,", true as const)(value, where, problems);

export function oneOf<T extends string | number>(...known: readonly T[]): Read<T> {
  return (value, where, problems) => {
    const found = known.find((each) => each === value);
    if (found !== undefined) return found;
    const shown =
      typeof value === "string" || typeof value === "number" ? JSON.stringify(value) : kindOf(value);
    problems.push({ where, what: `one of ${known.join(", ")} must stand here, not ${shown}` });
    return known[0]!;
  };
}

export function list<T>(each: Read<T>, { least = 0 }: { readonly least?: number } = {}): Read<readonly T[]> {
  return (value, where, problems) => {
    if (!Array.isArray(value)) return expected<readonly T[]>("a list", [])(value, where, problems);
    if (value.length < least) problems.push({ where, what: `at least ${least} must stand in this list` });
    return value.map((one, index) => each(one, `${where}[${index}]`, problems));
  };
}

export const anyObject: Read<object> = (value, where, problems) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? value
    : expected("an object", {})(value, where, problems);

/** A field that may be missing: then it has this value, or is left out. */
export interface Optional<T> {
  readonly read: Read<T>;
  readonly otherwise?: T;
}

export const optional = <T>(read: Read<T>): Optional<T> => ({ read });
export const orElse = <T>(read: Read<T>, otherwise: T): Optional<T> => ({ read, otherwise });

type Shape<T> = {
  readonly [K in keyof T]-?: undefined extends T[K]
    ? Optional<Exclude<T[K], undefined>>
    : Read<T[K]> | Optional<T[K]>;
};

/** An object with these fields and no others. */
export function fields<T extends object>(shape: Shape<T>): Read<T> {
  return (value, where, problems) => {
    const given = anyObject(value, where, problems) as Record<string, unknown>;
    const result: Record<string, unknown> = {};
    const at = (name: string) => (where === "" ? name : `${where}.${name}`);
    for (const [name, field] of Object.entries(shape as Record<string, Read<unknown> | Optional<unknown>>)) {
      const there = given[name];
      if (typeof field === "function") result[name] = field(there, at(name), problems);
      else if (there !== undefined) result[name] = field.read(there, at(name), problems);
      else if (field.otherwise !== undefined) result[name] = field.otherwise;
    }
    for (const name of Object.keys(given).filter((each) => !(each in shape))) {
      const near = Object.keys(shape).find((known) => isNear(name, known));
      const hint =
        near === undefined ? `known are ${Object.keys(shape).join(", ")}` : `do you mean "${near}"?`;
      problems.push({ where: at(name), what: `there is no such field; ${hint}` });
    }
    return result as T;
  };
}

/** Whether two words differ by a letter or two. */
function isNear(one: string, other: string): boolean {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = one[i - 1] === other[j - 1] ? 0 : 1;
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + change));
    }
    row = next;
  }
  return row.at(-1)! <= 2;
}
