import { absolutePath, FileError, type ProcessContext } from "@dryharbor/kernel";
import { hasWildcard, matches, type Pattern, plainText } from "./pattern.js";

/** Returns the paths that match a pattern, in sorted order. */
export function glob(process: ProcessContext, cwd: string, pattern: Pattern): string[] {
  const parts = pattern.split("/");
  let found = [""];
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const ends = isLast ? "" : "/";
    if (!hasWildcard(part)) {
      found = found.map((path) => `${path}${plainText(part)}${ends}`);
      if (isLast && part !== "") found = found.filter((path) => exists(process, absolutePath(path, cwd)));
      continue;
    }
    found = found.flatMap((path) =>
      entries(process, absolutePath(path, cwd))
        .filter((name) => (part.startsWith(".") || !name.startsWith(".")) && matches(part, name))
        .map((name) => `${path}${name}${ends}`)
        .filter((name) => isLast || process.files.isDirectory(absolutePath(name, cwd))),
    );
  }
  return found.sort((one, other) => (one < other ? -1 : 1));
}

function entries({ files }: ProcessContext, directory: string): string[] {
  try {
    return [".", "..", ...files.list(directory)];
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

function exists({ files }: ProcessContext, path: string): boolean {
  return files.exists(path);
}
