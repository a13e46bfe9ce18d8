/** Makes the names of members safe: they get neither a `/` nor a `../` at their beginning. */
export class MemberNames {
  readonly #complain: (message: string) => void;
  #hasComplained = false;

  /** @param complain called with the message the first time that a name is changed */
  constructor(complain: (message: string) => void) {
    this.#complain = complain;
  }

  safe(name: string): string {
    const prefix = /^(?:.*\/)?\.\.\/+|^\/+/.exec(name)?.[0] ?? "";
    if (prefix === "") return name;
    const rest = name.slice(prefix.length).replace(/^\/+/, "");
    if (!this.#hasComplained) this.#complain(`removing leading '${prefix}' from member names`);
    this.#hasComplained = true;
    return rest;
  }
}
