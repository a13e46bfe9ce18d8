import type { Program } from "@dryharbor/kernel";
import { hasMusl } from "../libc/has-musl.js";
import { glibcGetent } from "./glibc.js";
import { muslGetent } from "./musl.js";

/** `getent database [key...]`: looks entries up, as the system's C library does. */
export const getent: Program = (process) =>
  hasMusl(process.files) ? muslGetent(process) : glibcGetent(process);
