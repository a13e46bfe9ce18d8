import fc from "fast-check";
import { expect, it } from "vitest";
import { frameMessage, MessageFrames } from "./tcp.js";

it("gives whole messages, however the stream is cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
      (messages, sizes) => {
        let stream = Uint8Array.from(messages.flatMap((message) => [...frameMessage(message)]));
        const frames = new MessageFrames();
        const seen: Uint8Array[] = [];
        for (const size of sizes) {
          if (stream.length === 0) break;
          seen.push(...frames.push(stream.subarray(0, size)));
          stream = stream.subarray(size);
        }
        expect(seen).toEqual(messages);
      },
    ),
  );
});
