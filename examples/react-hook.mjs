// React: an engine for as long as a component is on the page, and the state of its pads.
import { AudioEngine } from "flitzis-looper";
import { useEffect, useState } from "react";

/**
 * StrictMode and hot reload mount a component twice: each mounting has an engine of its own, and the first one is shut down.
 *
 * @param {{ readonly [pad: number]: string }} sounds - the address of each pad's sound; the same object every time
 * @returns {AudioEngine | null} null until the component is mounted
 */
export function useLooper(sounds) {
	const [engine, setEngine] = useState(/** @type {AudioEngine | null} */ (null));
	useEffect(() => {
		const own = new AudioEngine();
		for (const [pad, address] of Object.entries(sounds)) own.loadSampleAsync(Number(pad), address);
		setEngine(own);
		return () => void own.shutDown();
	}, [sounds]);
	return engine;
}

/** @param {AudioEngine | null} engine @param {number} pad */
export function usePadState(engine, pad) {
	const [state, setState] = useState("idle");
	useEffect(() => {
		/** @param {import("flitzis-looper").PadEvent} event */
		const follow = (event) => {
			if (event.id === pad) setState(event.state);
		};
		engine?.addEventListener("pad", follow);
		return () => engine?.removeEventListener("pad", follow);
	}, [engine, pad]);
	return state;
}
