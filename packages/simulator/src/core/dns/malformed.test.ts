import { expect, it } from "vitest";
import { createSimulator } from "../../simulator.js";
import { seededRandom } from "../random.js";

/** How many packets. `DRYHARBOR_FUZZ_DNS=1000000` is the long run. */
const packets = Number(process.env.DRYHARBOR_FUZZ_DNS ?? 30_000);

it("answers malformed packets with a header or not at all, and keeps nothing of them", {
  timeout: 600_000,
}, async () => {
  await using simulator = createSimulator();
  const { containers, networks } = simulator.engine;
  await networks.create({ Name: "backend" });
  await containers.create(
    { Image: "busybox", Cmd: ["sleep", "1000"], HostConfig: { NetworkMode: "backend" } },
    { name: "web" },
  );
  await containers.start("web");
  const resolve = await simulator.resolver("web");
  const random = seededRandom(1);
  const valid = [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, 119, 101, 98, 0, 0, 1, 0, 1];
  const before = process.memoryUsage().heapUsed;
  let answered = 0;
  for (let count = 0; count < packets; count++) {
    const packet = Uint8Array.from(valid);
    const length = random.below(4) === 0 ? random.below(packet.length + 1) : packet.length;
    for (let changes = 1 + random.below(4); changes > 0; changes--) {
      packet[random.below(packet.length)] = random.below(256);
    }
    const message = packet.subarray(0, length);
    const answer = resolve(message)?.message;
    const isQuery = length >= 12 && (message[2]! & 0x80) === 0;
    if (!isQuery) expect(answer).toBeUndefined();
    if (!answer) continue;
    answered++;
    if (answer[0] !== message[0] || answer[1] !== message[1]) throw new Error(`another id: ${message}`);
    if ((answer[2]! & 0x80) === 0) throw new Error(`no answer: ${message}`);
  }
  expect(answered).toBeGreaterThan(packets / 10);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
});
