import { createSimulator } from "@dryharbor/simulator";
import { expect, it } from "vitest";
import { unservedInputs } from "./exclusions.js";

it.each(unservedInputs)("$request is answered: $message", async ({ request, body, status, message }) => {
  const [method = "", target = ""] = request.split(" ");
  const bytes = Uint8Array.from(body);
  const answer = await createSimulator().handle({
    method,
    target,
    headers: { host: "d", "content-type": "application/json" },
    body: {
      length: bytes.length,
      async *[Symbol.asyncIterator]() {
        yield bytes;
      },
    },
    signal: new AbortController().signal,
  });
  expect(answer).toMatchObject({ status, body: `${JSON.stringify({ message })}\n` });
});
