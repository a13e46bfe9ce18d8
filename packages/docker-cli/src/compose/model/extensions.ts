// The user's own keys, which begin with `x-`. Compose takes them out of all mappings before it reads what is left: also
// out of those where a user may choose the names, such as labels, in which they then stand together under one odd key.
import { isMap, type Tree, type TreeMap } from "./tree.js";

/** The key under which a mapping has the user's own keys. No file of YAML has it without quotes. */
export const extensionsKey = "#extensions";

/** Mappings whose names may begin with `x-`, since they name something. */
const named: readonly RegExp[] = [
  /^services$/,
  /^services\.[^.]+\.depends_on$/,
  /^(volumes|networks|secrets|configs)$/,
];

/** Returns a model in which every mapping has the user's own keys apart, under {@link extensionsKey}. */
export function withExtensionsApart(model: TreeMap, path = ""): TreeMap {
  const kept: TreeMap = new Map();
  const own: TreeMap = new Map();
  const isNamed = named.some((pattern) => pattern.test(path));
  const below = (key: string) => (path === "" ? key : `${path}.${key}`);
  for (const [key, value] of model) {
    if (!isNamed && key.startsWith("x-")) own.set(key, value);
    else kept.set(key, apart(value, below(key)));
  }
  if (own.size > 0) kept.set(extensionsKey, own);
  return kept;
}

function apart(value: Tree, path: string): Tree {
  if (isMap(value)) return withExtensionsApart(value, path);
  if (!Array.isArray(value)) return value;
  return value.map((item, at) => (isMap(item) ? withExtensionsApart(item, `${path}.${at}`) : item));
}
