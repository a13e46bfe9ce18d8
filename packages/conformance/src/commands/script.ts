import type { Command } from "./command.js";

/** A sequence as a script over the port that can be pasted and run. References stay as they are. */
export function script(commands: readonly Command[]): string {
  return commands
    .map(({ call, args }) => {
      // What ends a wait may come after it.
      const prefix = call === "containers.wait" ? "void" : "await";
      return `${prefix} engine.${call}(${args.map(literal).join(", ")});`;
    })
    .join("\n");
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null)
    return value === undefined ? "undefined" : JSON.stringify(value);
  const fields = Object.entries(value).map(([key, item]) => `${property(key)}: ${literal(item)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function property(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}
