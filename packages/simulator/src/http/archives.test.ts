import { replay } from "../../test/replay.js";

// Recorded from the three engines, one request after the other.
replay("archives.json");
