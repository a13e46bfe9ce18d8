/** What strerror says, by errno's name. */
const texts = {
  EACCES: "Permission denied",
  EBADF: "Bad file descriptor",
  EEXIST: "File exists",
  EISDIR: "Is a directory",
  ENOENT: "No such file or directory",
  ENOSPC: "No space left on device",
  ENOTDIR: "Not a directory",
  EROFS: "Read-only file system",
} as const;

/** Why a file cannot be had, read or written. */
export class FileProblem extends Error {
  constructor(readonly code: keyof typeof texts) {
    super(texts[code]);
  }
}
