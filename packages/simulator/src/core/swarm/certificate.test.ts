import { createHash, X509Certificate } from "node:crypto";
import { expect, it } from "vitest";
import { seededRandom } from "../random.js";
import { rootCertificate } from "./certificate.js";
import { newSwarmId } from "./id.js";
import { newJoinToken, newUnlockKey } from "./keys.js";

const now = BigInt(Date.parse("2026-11-25T14:21:44Z")) * 1_000_000n;

it.each([1, 2, 3])("a swarm's root certificate is a real one (seed %s)", (seed) => {
  const { pem, subject, publicKey } = rootCertificate(seededRandom(seed), now);
  const read = new X509Certificate(pem);
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.ca).toBe(true);
  expect(read.subject).toBe("CN=swarm-ca");
  expect(read.issuer).toBe("CN=swarm-ca");
  expect(read.validFrom).toBe("Nov 25 13:21:00 2026 GMT");
  expect(read.validTo).toBe("Nov 20 13:21:00 2046 GMT");
  expect(read.publicKey.export({ format: "der", type: "spki" }).toString("base64")).toBe(publicKey);
  // The same in every real swarm.
  expect(subject).toBe("MBMxETAPBgNVBAMTCHN3YXJtLWNh");
});

it("a join token has the certificate's digest in it", () => {
  const root = rootCertificate(seededRandom(1), now);
  const digest = BigInt(`0x${createHash("sha256").update(root.pem).digest("hex")}`).toString(36);
  const token = newJoinToken(seededRandom(2), root);
  expect(token).toMatch(/^SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}$/);
  expect(token.split("-")[2]).toBe(digest.padStart(50, "0"));
});

it("ids and keys have the form of swarmkit's", () => {
  const random = seededRandom(7);
  for (let count = 0; count < 200; count++) {
    expect(newSwarmId(random)).toMatch(/^[0-9a-z]{25}$/);
    expect(newUnlockKey(random)).toMatch(/^SWMKEY-1-[A-Za-z0-9+/]{43}$/);
  }
});
