/** What `strerror` says of the errors that files give. */
const texts = {
  EACCES: "Permission denied",
  EBADF: "Bad file descriptor",
  EBUSY: "Device or resource busy",
  EEXIST: "File exists",
  EINVAL: "Invalid argument",
  EISDIR: "Is a directory",
  ELOOP: "Too many levels of symbolic links",
  ENAMETOOLONG: "File name too long",
  ENOENT: "No such file or directory",
  ENOSPC: "No space left on device",
  ENOTDIR: "Not a directory",
  ENOTEMPTY: "Directory not empty",
  ENXIO: "No such device or address",
  EPERM: "Operation not permitted",
  EROFS: "Read-only file system",
  EXDEV: "Invalid cross-device link",
} as const;

export type FileErrorCode = keyof typeof texts;

/** Why something cannot be done with a file: `code` as errno names it, `message` as `strerror` says it. */
export class FileError extends Error {
  override readonly name = "FileError";

  constructor(readonly code: FileErrorCode) {
    super(texts[code]);
  }
}
