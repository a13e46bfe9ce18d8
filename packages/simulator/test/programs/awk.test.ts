import { describeRecording } from "./recording.js";

describeRecording("awk does what the recorded BusyBox did", "awk.json");
