/** The stages of a load as events name them, in their order. */
export const READING = "Loading (reading)";
/** A server failed and is retried. */
export const RETRYING = "Loading (retrying)";
export const DECODING = "Loading (decoding)";
export const RESAMPLING = "Loading (resampling)";
export const PUBLISHING = "Loading (publishing)";

export type Stage = typeof READING | typeof RETRYING | typeof DECODING | typeof RESAMPLING | typeof PUBLISHING;

/** Share of the whole load at which reading ends. */
export const READ_SHARE = 0.15;
/** Share of the whole load at which decoding and resampling end. */
export const WORK_SHARE = 0.95;
