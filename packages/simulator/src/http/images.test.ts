import { replay } from "../../test/replay.js";

// Imports, commits, history and prunes, recorded from the three engines, one request after another.
replay("images.json");
