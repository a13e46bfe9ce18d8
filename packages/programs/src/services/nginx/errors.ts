import type { FileError, FileErrorCode } from "@dryharbor/kernel";

/** The numbers that Linux gives to errors, as nginx logs them. */
const numbers: Partial<Record<FileErrorCode, number>> = {
  EPERM: 1,
  ENOENT: 2,
  EACCES: 13,
  ENOTDIR: 20,
  EISDIR: 21,
  ENAMETOOLONG: 36,
  ELOOP: 40,
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
  ENETUNREACH: 101,
  ECONNRESET: 104,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
};

/** Returns the number of an error. */
export function errorNumber({ code }: FileError): number {
  return numbers[code] ?? 5;
}
