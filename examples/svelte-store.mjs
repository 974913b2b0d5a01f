// Svelte: an engine for as long as a component reads its store, and the state of its pads.
import { AudioEngine } from "flitzis-looper";
import { derived, readable } from "svelte/store";

/**
 * All components that read the store share one engine; it is shut down when the last of them has left the page, as hot reload lets it.
 *
 * @param {{ readonly [pad: number]: string }} sounds - the address of each pad's sound
 */
export function looper(sounds) {
	return readable(/** @type {AudioEngine | null} */ (null), (set) => {
		const engine = new AudioEngine();
		for (const [pad, address] of Object.entries(sounds)) engine.loadSampleAsync(Number(pad), address);
		set(engine);
		return () => void engine.shutDown();
	});
}

/** @param {import("svelte/store").Readable<AudioEngine | null>} engine @param {number} pad */
export function padState(engine, pad) {
	return derived(
		engine,
		(own, set) => {
			/** @param {import("flitzis-looper").PadEvent} event */
			const follow = (event) => {
				if (event.id === pad) set(event.state);
			};
			own?.addEventListener("pad", follow);
			return () => own?.removeEventListener("pad", follow);
		},
		"idle",
	);
}
