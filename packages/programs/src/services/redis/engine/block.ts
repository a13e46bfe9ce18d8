import type { ByteText } from "../../../busybox/byte-text.js";
import type { Reply } from "../protocol/reply.js";

/** What a command returns that has to wait: it is performed again when one of its keys has changed. */
export class Block {
  constructor(
    readonly keys: readonly ByteText[],
    /** In milliseconds. 0 means without end. */
    readonly timeout: number,
    /** The reply when the time is up. */
    readonly otherwise: Reply,
    /** The reply inside of a transaction, where nothing waits. */
    readonly inTransaction: Reply = otherwise,
  ) {}
}
