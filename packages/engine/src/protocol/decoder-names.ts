/** Decoders that lie in files of their own. */
export const decoderNames = ["mp3", "vorbis", "opus"] as const;

/** A decoder that lies in a file of its own. */
export type DecoderName = (typeof decoderNames)[number];

/** A file that loader threads import when content asks for it: formats of the engine, or a decoder. */
export type DecoderFile = "lossless" | "compressed" | DecoderName;

/** Absolute addresses of these files. */
export type DecoderFileLocations = Readonly<Record<DecoderFile, string>>;
