// The proxy as a program, in front of the engine that `docker` would use: main.ts [PORT]

import { openEngine } from "@dryharbor/sdk";
import { startProxy } from "./proxy.js";

const engine = await openEngine();
const { port } = await startProxy(engine, { port: Number(process.argv[2] ?? 8000) });
console.log(`The proxy listens at http://127.0.0.1:${port}`);
