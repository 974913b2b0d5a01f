/** First address that a caller may lay its own buffers at. */
export const heapStart: usize = __heap_base;
export * from "./flac";
export * from "./integers";
export * from "./pcm";
export * from "./resample";
