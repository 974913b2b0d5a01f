/** The header fields on the width of a sample; 0 for a field that the writer left out. */
export interface WidthFigures {
	readonly channels: 1 | 2;
	readonly sampleRate: number;
	/** Bits per sample. */
	readonly bits: number;
	/** Bytes per frame: WAV's block align. */
	readonly frameBytes: number;
	/** Bytes per second. */
	readonly byteRate: number;
}

/** The width of a sample in bytes. */
export interface SampleWidth {
	readonly bytes: number;
	/** One field contradicts this width, and no second one confirms it. */
	readonly isDoubtful: boolean;
	/** A wider container, if possible; the samples themselves decide. */
	readonly container: Container | null;
}

/** A container that is at least one byte wider than its sample. */
interface Container {
	readonly bytes: number;
	/** Bytes per frame and bytes per second both agree with it. */
	readonly isAgreed: boolean;
}

const MAX_BYTES = 8;

/**
 * Determines the width of a sample from three fields of which one may be wrong: two that agree win. Channels and bits win
 * if the others are missing or contradict each other.
 *
 * @returns null if all are missing, or if the other two leave less room than the bits need
 */
export function sampleWidth(figures: WidthFigures): SampleWidth | null {
	const { channels, sampleRate, bits, frameBytes, byteRate } = figures;
	const fromFrame = possibleBytes(frameBytes / channels);
	const fromRate = possibleBytes(byteRate / sampleRate / channels);
	if (bits === 0) {
		const bytes = fromFrame ?? fromRate;
		const isAlone = frameBytes === 0 || byteRate === 0;
		return bytes === null ? null : { bytes, isDoubtful: fromFrame !== fromRate && !isAlone, container: null };
	}
	const bytes = possibleBytes(Math.ceil(bits / 8));
	if (bytes === null) return null;
	const isUnopposed = frameBytes === 0 && byteRate === 0;
	if (isUnopposed || bytes === fromFrame || bytes === fromRate) return { bytes, isDoubtful: false, container: null };
	const isAgreed = fromFrame !== null && fromFrame === fromRate;
	// Some writers omit the channels in both fields.
	if (isAgreed && fromFrame < bytes && frameBytes !== bytes) return null;
	const wider = [fromFrame, fromRate].find((other) => other !== null && other > bytes) ?? null;
	return { bytes, isDoubtful: true, container: wider === null ? null : { bytes: wider, isAgreed } };
}

function possibleBytes(bytes: number): number | null {
	return Number.isInteger(bytes) && bytes > 0 && bytes <= MAX_BYTES ? bytes : null;
}
