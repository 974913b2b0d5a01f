// A file of its own, so that only those who load Opus fetch it.
export { createOpusDecoder } from "@audio/decode-opus/core";
