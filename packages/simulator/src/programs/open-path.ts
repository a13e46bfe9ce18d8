import { FileProblem } from "./file-problem.js";
import { ContentFile, DeviceFile, type OpenFile } from "./open-file.js";
import { absolutePath } from "./paths.js";
import type { ProcessContext } from "./program.js";

const devices: Readonly<Record<string, "null" | "zero" | "full">> = {
  "/dev/null": "null",
  "/dev/zero": "zero",
  "/dev/full": "full",
};

const descriptors: Readonly<Record<string, number>> = { "/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2 };

/** Opens a file as a redirection wants it. @throws {FileProblem} */
export function openPath(process: ProcessContext, cwd: string, path: string, forWriting: boolean): OpenFile {
  if (path === "") throw new FileProblem("ENOENT");
  const absolute = absolutePath(path, cwd);
  const special = openSpecial(process, absolute);
  if (special) return special;
  const { container } = process;
  if (container.isDirectory(absolute)) {
    if (forWriting) throw new FileProblem("EISDIR");
    return new DeviceFile("directory");
  }
  const text = container.readFile(absolute);
  const parent = absolute.slice(0, absolute.lastIndexOf("/")) || "/";
  if (text === undefined) {
    if (container.isDirectory(parent) && forWriting) throw new FileProblem("EROFS");
    throw new FileProblem(container.readFile(parent) === undefined ? "ENOENT" : "ENOTDIR");
  }
  if (path.endsWith("/")) throw new FileProblem("ENOTDIR");
  if (forWriting) throw new FileProblem("EROFS");
  return new ContentFile(new TextEncoder().encode(text));
}

function openSpecial({ files }: ProcessContext, path: string): OpenFile | undefined {
  const device = devices[path];
  if (device) return new DeviceFile(device);
  const number = descriptors[path] ?? /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path)?.[1];
  if (number === undefined) return undefined;
  const file = files.get(Number(number));
  if (!file) throw new FileProblem("ENOENT");
  return file;
}
