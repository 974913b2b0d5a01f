/** What a header says of the width of a sample; 0 stands for a figure that its writer left out. */
export interface WidthFigures {
	readonly channels: 1 | 2;
	readonly sampleRate: number;
	/** Bits of a sample. */
	readonly bits: number;
	/** Bytes of a frame: WAV's block align. */
	readonly frameBytes: number;
	/** Bytes per second. */
	readonly byteRate: number;
}

/** How many bytes a sample has. */
export interface SampleWidth {
	readonly bytes: number;
	/** A figure says otherwise, and no second one confirms this reading. */
	readonly isDoubtful: boolean;
	/** Wider containers, if the bits may stand in such; the samples themselves then tell. */
	readonly container: Container | null;
}

/** A container that is at least one byte wider than its sample. */
interface Container {
	readonly bytes: number;
	/** The bytes of a frame and those per second both say so. */
	readonly isAgreed: boolean;
}

const MOST_BYTES = 8;

/**
 * Finds the width of a sample from three figures of which one may be wrong: what two of them say is so. Channels and
 * bits hold where the others are left out, or contradict each other.
 *
 * @returns null when nothing is said, or when the other two leave less room than the bits need
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
	// Some writers forget the channels in both figures.
	if (isAgreed && fromFrame < bytes && frameBytes !== bytes) return null;
	const wider = [fromFrame, fromRate].find((other) => other !== null && other > bytes) ?? null;
	return { bytes, isDoubtful: true, container: wider === null ? null : { bytes: wider, isAgreed } };
}

function possibleBytes(bytes: number): number | null {
	return Number.isInteger(bytes) && bytes > 0 && bytes <= MOST_BYTES ? bytes : null;
}
