export { prepareChecksums as flacPrepare } from "./crc";
export { flacDecodeFrame } from "./frame";
export { flacFindHeader } from "./frame-header";
export { flacWriteBlock } from "./stereo";
