import type { SpawnRecorder } from "./recording-connection.ts";
import { RecordingThreadMain } from "./recording-thread.ts";
import type { TakeStore } from "./take-file.ts";

/** Records on the control thread, which also renders. */
export function recordHere(store: TakeStore): SpawnRecorder {
	return (listener) => {
		const main = new RecordingThreadMain({ store, after: null, post: (message) => listener.onMessage(message) });
		return {
			post: (message) => main.onMessage(message),
			terminate: () => Promise.resolve(),
			drain: () => main.drain(),
		};
	};
}
