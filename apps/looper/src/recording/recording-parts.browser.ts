import type { Notices } from "../instrument/notices.ts";
import { Part } from "../parts/part.ts";

/** Views of recording that are not needed at first sight. */
export interface RecordingParts {
	/** The list of takes. */
	readonly takes: Part<typeof import("./open-takes.browser.ts")>;
	/** The panel that records onto a pad. */
	readonly padRecorder: Part<typeof import("./open-pad-recorder.browser.ts")>;
}

/** The views, none of them loaded yet. */
export function recordingParts(notices: Notices): RecordingParts {
	const takes = { name: "The list of takes", load: () => import("./open-takes.browser.ts") };
	const padRecorder = { name: "The panel for recording", load: () => import("./open-pad-recorder.browser.ts") };
	return { takes: new Part(takes, notices), padRecorder: new Part(padRecorder, notices) };
}
