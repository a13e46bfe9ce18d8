// Puts the classroom's page, as packages/playground has built it, into the built site.
import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
cpSync(here("../../packages/playground/dist"), here("../.vitepress/dist/classroom"), {
  recursive: true,
  filter: (path) => !path.endsWith(".map"),
});
