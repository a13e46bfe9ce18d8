const kinds = [
  ["rw", "ro"],
  ["z", "Z"],
  ["private", "rprivate", "slave", "rslave", "shared", "rshared"],
  ["nocopy"],
  ["consistent", "cached", "delegated", "default"],
] as const;

const [, , propagations] = kinds;

/** The third part of `source:destination:mode`. */
export interface MountMode {
  readonly writable: boolean;
  /** The propagation, or an empty text. */
  readonly propagation: string;
  /** The mode contains `nocopy`. */
  readonly noCopy: boolean;
}

/** Parses a mode. Returns `undefined` for an invalid one: an unknown word, or two words of one kind. */
export function readMode(text: string): MountMode | undefined {
  const words = text === "" ? [] : text.split(",");
  const found = words.map((word) => kinds.findIndex((kind) => (kind as readonly string[]).includes(word)));
  if (found.includes(-1) || new Set(found).size < found.length) return undefined;
  return {
    writable: !words.includes("ro"),
    propagation: words.find(isPropagation) ?? "",
    noCopy: words.includes("nocopy"),
  };
}

export function isPropagation(word: string): boolean {
  return (propagations as readonly string[]).includes(word);
}
