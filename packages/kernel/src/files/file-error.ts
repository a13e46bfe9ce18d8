/** The texts of the errors of files and sockets as `strerror` words them. */
const texts = {
  EACCES: "Permission denied",
  EADDRINUSE: "Address already in use",
  EADDRNOTAVAIL: "Cannot assign requested address",
  EAFNOSUPPORT: "Address family not supported by protocol",
  EAGAIN: "Resource temporarily unavailable",
  EBADF: "Bad file descriptor",
  EBUSY: "Device or resource busy",
  ECONNREFUSED: "Connection refused",
  ECONNRESET: "Connection reset by peer",
  EDESTADDRREQ: "Destination address required",
  EEXIST: "File exists",
  EHOSTUNREACH: "No route to host",
  EINVAL: "Invalid argument",
  EISDIR: "Is a directory",
  EIO: "Input/output error",
  ELOOP: "Too many levels of symbolic links",
  ENAMETOOLONG: "File name too long",
  EMSGSIZE: "Message too long",
  ENETUNREACH: "Network is unreachable",
  ENOENT: "No such file or directory",
  ENOSPC: "No space left on device",
  ENOTDIR: "Not a directory",
  ENOTEMPTY: "Directory not empty",
  ENOTCONN: "Transport endpoint is not connected",
  ENXIO: "No such device or address",
  EPERM: "Operation not permitted",
  EPIPE: "Broken pipe",
  EROFS: "Read-only file system",
  ESTALE: "Stale file handle",
  ETIMEDOUT: "Connection timed out",
  EXDEV: "Invalid cross-device link",
} as const;

/** An errno of a file or socket operation, for example `ENOENT`. */
export type FileErrorCode = keyof typeof texts;

/** The failure of an operation on a file or a socket. `code` is the name of the errno, `message` its text from `strerror`. */
export class FileError extends Error {
  override readonly name = "FileError";

  constructor(readonly code: FileErrorCode) {
    super(texts[code]);
  }
}
