import { row, since26, since28 } from "./row.js";

/** What differs between releases in endpoints. Each row says where it was seen. */
export const endpointsRows = {};
