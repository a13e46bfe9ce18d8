/** The texts of file errors as `strerror` words them. */
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

/** An errno of a file operation, for example `ENOENT`. */
export type FileErrorCode = keyof typeof texts;

/** The failure of a file operation. `code` is the name of the errno, `message` its text from `strerror`. */
export class FileError extends Error {
  override readonly name = "FileError";

  constructor(readonly code: FileErrorCode) {
    super(texts[code]);
  }
}
