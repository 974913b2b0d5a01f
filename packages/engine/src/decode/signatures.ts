/** Formats that a signature at fixed offsets identifies. */
export type SignedFormat =
	| "wav"
	| "flac"
	| "rf64"
	| "wave64"
	| "rifx"
	| "aiff"
	| "caf"
	| "au"
	| "m4a"
	| "mp4"
	| "quicktime"
	| "matroska"
	| "avi"
	| "asf"
	| "midi"
	| "ac3"
	| "amr"
	| "ape"
	| "dsf"
	| "musepack"
	| "tta"
	| "wavpack"
	| "image"
	| "pdf"
	| "archive";

interface Signature {
	readonly format: SignedFormat;
	/** Offsets and the expected characters, one per byte. */
	readonly parts: readonly (readonly [offset: number, pattern: string])[];
}

const signature = (format: SignedFormat, ...parts: Signature["parts"]): Signature => ({ format, parts });

/** Tried in order: specific before general. */
export const signatures: readonly Signature[] = [
	signature("wav", [0, "RIFF"], [8, "WAVE"]),
	signature("image", [0, "RIFF"], [8, "WEBP"]),
	signature("avi", [0, "RIFF"], [8, "AVI "]),
	signature("midi", [0, "RIFF"], [8, "RMID"]),
	signature("rf64", [0, "RF64"], [8, "WAVE"]),
	signature("rf64", [0, "BW64"], [8, "WAVE"]),
	signature("rifx", [0, "RIFX"], [8, "WAVE"]),
	signature("wave64", [0, "riff\x2e\x91\xcf\x11"]),
	signature("flac", [0, "fLaC"]),
	signature("aiff", [0, "FORM"], [8, "AIFF"]),
	signature("aiff", [0, "FORM"], [8, "AIFC"]),
	signature("caf", [0, "caff"]),
	signature("au", [0, ".snd"]),
	signature("m4a", [4, "ftypM4A"]),
	signature("m4a", [4, "ftypM4B"]),
	signature("quicktime", [4, "ftypqt"]),
	signature("mp4", [4, "ftyp"]),
	signature("quicktime", [4, "moov"]),
	signature("matroska", [0, "\x1aE\xdf\xa3"]),
	signature("asf", [0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11"]),
	signature("midi", [0, "MThd"]),
	signature("ac3", [0, "\x0bw"]),
	signature("amr", [0, "#!AMR"]),
	signature("ape", [0, "MAC "]),
	signature("dsf", [0, "DSD "]),
	signature("musepack", [0, "MPCK"]),
	signature("musepack", [0, "MP+"]),
	signature("tta", [0, "TTA1"]),
	signature("wavpack", [0, "wvpk"]),
	signature("image", [0, "\x89PNG"]),
	signature("image", [0, "\xff\xd8\xff"]),
	signature("image", [0, "GIF8"]),
	signature("pdf", [0, "%PDF"]),
	signature("archive", [0, "PK\x03\x04"]),
	signature("archive", [0, "\x1f\x8b\x08"]),
	signature("archive", [0, "7z\xbc\xaf\x27\x1c"]),
	signature("archive", [0, "Rar!"]),
];
