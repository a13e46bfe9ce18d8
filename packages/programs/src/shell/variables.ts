/** A variable of the shell. A variable without a value has only marks. */
export interface Variable {
  readonly value: string | undefined;
  readonly exported: boolean;
  readonly readonly: boolean;
}

const unmarked: Variable = { value: undefined, exported: false, readonly: false };

/** The variables of a shell, and the local variables of its running functions. */
export class Variables {
  readonly #all: Map<string, Variable>;
  /** The variables that local ones have hidden, for each running function. The innermost function is last. */
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

  /** Restores an earlier state of a variable. `undefined` removes it. */
  restore(name: string, variable: Variable | undefined): void {
    if (variable) this.#all.set(name, variable);
    else this.#all.delete(name);
  }

  /** Returns the variables in order of their names. */
  entries(): [string, Variable][] {
    return [...this.#all].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  /** Returns the exported variables: the environment of a program. */
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

  /** Makes a variable local to the running function. It keeps its value until it is assigned. */
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
