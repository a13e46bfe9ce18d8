// The worker with the engine. It begins before the rest of the page is there, since the first prompt waits for it.

export const worker = new Worker(new URL("../worker/main.ts", import.meta.url), {
  type: "module",
  name: "engine",
});
