import type { Command } from "./command.js";

/** Formats a sequence as a script over the port that can be pasted and run. References are not replaced. */
export function script(commands: readonly Command[]): string {
  return commands
    .map(({ call, args }) => {
      // A later command may end the wait, so the script must not await it.
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
