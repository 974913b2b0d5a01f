import { nodeAudio } from "../src/decode/platform/platform-audio.node.ts";

/** The built script of the decoder process. */
export const audioChildLocation: URL = new URL("../dist/audio-child.node.js", import.meta.url);

/** Node's decoders as in the built loader thread; one process for all tests of a file. */
export const testAudio: ReturnType<typeof nodeAudio> = nodeAudio(audioChildLocation);
