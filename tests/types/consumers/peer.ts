import { AudioEngine } from "flitzis-looper";
import { AudioContext } from "node-web-audio-api";

const context = new AudioContext();
const engine = new AudioEngine({ audioContext: context });
engine.output?.connect(context.destination);
