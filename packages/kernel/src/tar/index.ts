// The entry `@dryharbor/kernel/tar`: the format of tar archives, for whoever writes or reads them. It imports
// nothing else of the kernel.
export { readEveryEntry, readTar, TarError } from "./go-read.js";
export { tarOf, tarPieces } from "./go-write.js";
export {
  blockSize,
  checksumOf,
  fields,
  globalFlag,
  numberFrom,
  type OtherTarEntry,
  paddingOf,
  putNumber,
  putText,
  type TarEntry,
  type TarEntryType,
  textUntilZero,
  typeFlags,
} from "./header.js";
