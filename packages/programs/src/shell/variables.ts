/** A variable; without a value it is only marked. */
export interface Variable {
  readonly value: string | undefined;
  readonly exported: boolean;
  readonly readonly: boolean;
}

const unmarked: Variable = { value: undefined, exported: false, readonly: false };

/** A shell's variables, with those that functions have for themselves. */
export class Variables {
  readonly #all: Map<string, Variable>;
  /** What functions that run have hidden: the variables as they were, the innermost function last. */
  readonly #hidden: Map<string, Variable | undefined>[] = [];

  constructor(all: ReadonlyMap<string, Variable> = new Map()) {
    this.#all = new Map(all);
  }

  get(name: string): string | undefined {
    return this.#all.get(name)?.value;
  }

  variable(name: string): Variable | undefined {
    return this.#all.get(name);
  }

  isReadonly(name: string): boolean {
    return this.#all.get(name)?.readonly === true;
  }

  set(name: string, value: string | undefined): void {
    this.#all.set(name, { ...(this.#all.get(name) ?? unmarked), value });
  }

  mark(name: string, marks: Partial<Pick<Variable, "exported" | "readonly">>): void {
    this.#all.set(name, { ...(this.#all.get(name) ?? unmarked), ...marks });
  }

  unset(name: string): void {
    this.#all.delete(name);
  }

  /** Puts a variable back as it was. */
  restore(name: string, variable: Variable | undefined): void {
    if (variable) this.#all.set(name, variable);
    else this.#all.delete(name);
  }

  /** In order of their names. */
  entries(): [string, Variable][] {
    return [...this.#all].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  /** What programs get. */
  environment(): Record<string, string> {
    const environment: Record<string, string> = {};
    for (const [name, { value, exported }] of this.#all) {
      if (exported && value !== undefined) environment[name] = value;
    }
    return environment;
  }

  enterFunction(): void {
    this.#hidden.push(new Map());
  }

  leaveFunction(): void {
    for (const [name, variable] of this.#hidden.pop() ?? []) this.restore(name, variable);
  }

  get inFunction(): boolean {
    return this.#hidden.length > 0;
  }

  /** Makes a variable the running function's own; it keeps its value until it gets another. */
  makeLocal(name: string): void {
    const hidden = this.#hidden.at(-1);
    if (hidden && !hidden.has(name)) hidden.set(name, this.#all.get(name));
  }

  copy(): Variables {
    const copy = new Variables(this.#all);
    for (const hidden of this.#hidden) copy.#hidden.push(new Map(hidden));
    return copy;
  }
}
