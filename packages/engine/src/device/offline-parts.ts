// What renders and records on the control thread. Imported where it is asked for: pages that play do not load it.
export { recordHere } from "../recording/record-here.ts";
export { OfflineDevice } from "./offline-device.ts";
