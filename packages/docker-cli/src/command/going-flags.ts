// Flags that several commands still take, and that do nothing any more.
import { toggle } from "./flags.js";

/** Whether images need no signature. Since 29 none has one. */
export const contentTrust = toggle(undefined, {
  initial: true,
  deprecated: { since: "29", advice: "support for docker content trust was removed" },
});

/** Why `--kernel-memory` is going away. */
export const kernelMemoryGone = { since: "29", advice: "and no longer supported by the kernel" } as const;
