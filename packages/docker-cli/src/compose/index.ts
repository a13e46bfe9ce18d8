// `docker compose`, which the command tree loads when somebody calls it.
export { compose } from "./commands/compose.js";
export { runCompose } from "./commands/run-compose.js";
