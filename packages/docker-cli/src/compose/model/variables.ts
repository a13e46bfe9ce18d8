// The variables that a file uses.

import { isMap, type Tree } from "./tree.js";

export interface Variable {
  name: string;
  defaultValue: string;
  presenceValue: string;
  required: boolean;
}

const pattern = /\$(?:(\$)|([_a-z][_a-z0-9]*)|\{([_a-z][_a-z0-9]*)(?:(:?[-+?])(.*?))?\})/gi;

/** All variables of a file, by name. */
export function variablesOf(tree: Tree): Variable[] {
  const found = new Map<string, Variable>();
  const visit = (value: Tree): void => {
    if (typeof value === "string") read(value);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (isMap(value)) for (const entry of value.values()) visit(entry);
  };
  const read = (text: string): void => {
    for (const [, escaped, named, braced, operator = "", operand = ""] of text.matchAll(pattern)) {
      const name = named ?? braced;
      if (escaped || name === undefined) continue;
      const known = found.get(name);
      found.set(name, {
        name,
        defaultValue: operator.endsWith("-") ? operand : (known?.defaultValue ?? ""),
        presenceValue: operator.endsWith("+") ? operand : (known?.presenceValue ?? ""),
        required: operator.endsWith("?") || (known?.required ?? false),
      });
    }
  };
  visit(tree);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
