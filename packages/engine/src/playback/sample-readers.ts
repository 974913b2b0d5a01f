// What reads samples back. Imported where it is asked for: pages that play do not load it.
export { exportWav } from "../wav/export-wav.ts";
export { readFrames } from "./read-frames.ts";
