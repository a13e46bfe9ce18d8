import { FileError, type FileErrorCode } from "@dryharbor/kernel";

/** The errors of a real machine's files that programs in containers know. */
const known: ReadonlySet<string> = new Set<FileErrorCode>([
  "EACCES",
  "EBUSY",
  "EEXIST",
  "EINVAL",
  "EISDIR",
  "ELOOP",
  "ENAMETOOLONG",
  "ENOENT",
  "ENOSPC",
  "ENOTDIR",
  "ENOTEMPTY",
  "ENXIO",
  "EPERM",
  "EROFS",
  "ESTALE",
  "EXDEV",
]);

/** Does something with real files, and throws errors of the machine as those of a process: one that is not known as `EIO`. */
export function asFileErrors<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof FileError) throw error;
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined || code === undefined) throw error;
    throw new FileError(known.has(code) ? (code as FileErrorCode) : "EIO");
  }
}
