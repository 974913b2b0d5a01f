/** Name under which the worklet registers its processor. */
export const PROCESSOR_NAME = "flitzis-looper-kernel";
