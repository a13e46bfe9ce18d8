import { describeRecording } from "./recording.js";

describeRecording(
  "a user gets what the permissions of files give, as with the recorded BusyBox",
  "permissions.json",
);
