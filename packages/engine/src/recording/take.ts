import { LooperError } from "../errors.ts";
import type { PlatformBlob } from "../protocol/platform-types.ts";
import type { RecordedTake, TakeFormat, TakePlace } from "../protocol/recording-messages.ts";

/** A recording. Its file stays until `discard`. */
export interface Take {
	/** The engine's frame that it begins with. */
	readonly startFrame: number;
	/** Frames that it holds, all of them as they were rendered. */
	readonly frames: number;
	readonly sampleRate: number;
	readonly format: TakeFormat;
	/** Frames behind its end that should be in it and are not; 0 for a whole take. */
	readonly lostFrames: number;
	/** Why it is not whole; null when it is. */
	readonly failure: string | null;
	/** The WAV file in Node; null in browsers. */
	readonly path: string | null;
	/** The name of its file in `TAKE_FOLDER` of the origin's private file system; null in Node, and for a take in memory. */
	readonly fileName: string | null;
	/** The WAV file. @throws LooperError `no-recording` after `discard`; an error of the platform when the file is gone otherwise. */
	blob(): Promise<PlatformBlob>;
	/** Removes the file. */
	discard(): Promise<void>;
}

/** Where the control thread finds takes. */
export interface TakeFiles {
	blob(place: TakePlace): Promise<PlatformBlob>;
	remove(place: TakePlace): Promise<void>;
}

/** A take that could not be loaded onto its pad; it is whole all the same. */
export class TakeNotLoadedError extends LooperError {
	readonly take: Take;

	constructor(take: Take, cause: LooperError) {
		super(cause.code, `The take is recorded, but not loaded: ${cause.message}`, { cause, source: cause.source });
		this.name = "TakeNotLoadedError";
		this.take = take;
	}
}

/** Makes a take from what the recording thread says. */
export function createTake(
	recorded: RecordedTake,
	form: { readonly sampleRate: number; readonly format: TakeFormat },
	files: TakeFiles,
): Take {
	const { place, ...told } = recorded;
	/** Null once it has been discarded, so that what lies in memory is not kept. */
	let held: TakePlace | null = place;
	let removal: Promise<void> | null = null;
	const remove = async (): Promise<void> => {
		try {
			if (held !== null) await files.remove(held);
			held = null;
		} finally {
			removal = null;
		}
	};
	return {
		...told,
		...form,
		path: place.kind === "path" ? place.path : null,
		fileName: place.kind === "private" ? place.name : null,
		async blob() {
			if (held === null) throw discarded();
			return files.blob(held);
		},
		discard() {
			removal ??= remove();
			return removal;
		},
	};
}

function discarded(): LooperError {
	return new LooperError("no-recording", "The take has been discarded. Call blob() before discard().");
}
