import { AudioEngine } from "flitzis-looper";

export const engine = new AudioEngine();
