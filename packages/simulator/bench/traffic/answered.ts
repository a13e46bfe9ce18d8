import { createSocket } from "node:dgram";
import { once } from "node:events";
import { perSecond } from "./best.js";

/** How many questions are under way at once. */
const window = 32;

/** Asks some questions at once, over and over. @returns answers a second */
export async function answered(query: Uint8Array, port: number, address = "127.0.0.1"): Promise<number> {
  const socket = createSocket("udp4");
  socket.connect(port, address);
  await once(socket, "connect");
  let missing = 0;
  let whole = (): void => {};
  socket.on("message", () => {
    if (--missing === 0) whole();
  });
  const result = await perSecond(window, async () => {
    missing = window;
    const all = new Promise<void>((resolve) => {
      whole = resolve;
    });
    for (let at = 0; at < window; at++) socket.send(query);
    await all;
  });
  socket.close();
  return result;
}
