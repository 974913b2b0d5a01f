import { nodeAudio } from "../src/decode/platform/platform-audio.node.ts";

/** Where the built process is that decodes with native code. */
export const audioChildLocation: URL = new URL("../dist/audio-child.node.js", import.meta.url);

/** Node's decoders, as the built loader thread has them; one process for all tests of a file. */
export const testAudio: ReturnType<typeof nodeAudio> = nodeAudio(audioChildLocation);
