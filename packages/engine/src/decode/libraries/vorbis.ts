// A file of its own, which can be replaced: it holds codec-parser, which is under the LGPL.
export { OggVorbisDecoder } from "@wasm-audio-decoders/ogg-vorbis";
