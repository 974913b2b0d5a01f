/** First address available to callers for their own buffers. */
export const heapStart: usize = __heap_base;
export * from "./flac";
export * from "./integers";
export * from "./oversampled-peak";
export * from "./pcm";
export * from "./resample";
export * from "./spectra";
export * from "./xxhash64";
