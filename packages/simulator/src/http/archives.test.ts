import { replay } from "../../test/replay.js";

// Recorded from the three engines, one request after another.
replay("archives.json");
