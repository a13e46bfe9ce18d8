// Serves the built page on the loopback interface: serve.mjs [--port PORT] [FOLDER]
import { serveFolder } from "./serve-folder.mjs";

const args = process.argv.slice(2);
const at = args.indexOf("--port");
const port = at < 0 ? 8080 : Number(args.splice(at, 2)[1]);
const folder = args[0] ?? new URL("../dist/", import.meta.url).pathname;
try {
  const { address } = await serveFolder(folder, { port });
  console.log(`The classroom is at ${address} (Ctrl-C ends it)`);
} catch (error) {
  console.error(
    error.code === "EADDRINUSE" ? `port ${port} is taken: choose another one with --port` : error.message,
  );
  process.exitCode = 1;
}
