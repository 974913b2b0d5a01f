/** Decoders that lie in files of their own. */
export const decoderNames = ["mp3", "vorbis", "opus"] as const;

/** A decoder that lies in a file of its own. */
export type DecoderName = (typeof decoderNames)[number];

/** Absolute addresses of these files. */
export type DecoderLocations = Readonly<Record<DecoderName, string>>;
