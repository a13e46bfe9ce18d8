// The entry `@dryharbor/programs/http`: HTTP for programs, as servers and as clients.
export { type Connector, fetchBy } from "./http/client.js";
export type { Head } from "./http/head.js";
export { BrokenMessage } from "./http/reader.js";
export { type HttpCall, type HttpHandler, http, serveHttp } from "./http/server.js";
