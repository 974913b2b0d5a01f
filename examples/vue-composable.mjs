// Vue: an engine for as long as a component is on the page, and the state of its pads.
import { AudioEngine } from "flitzis-looper";
import { onMounted, onUnmounted, reactive, shallowRef } from "vue";

/**
 * Hot reload mounts the component anew: the old engine is shut down with it. On a server no engine is made.
 *
 * @param {{ readonly [pad: number]: string }} sounds - the address of each pad's sound
 */
export function useLooper(sounds) {
	const engine = shallowRef(/** @type {AudioEngine | null} */ (null));
	/** @type {Record<number, string>} */
	const idle = {};
	const padStates = reactive(idle);
	onMounted(() => {
		const own = new AudioEngine();
		own.addEventListener("pad", ({ id, state }) => {
			padStates[id] = state;
		});
		for (const [pad, address] of Object.entries(sounds)) own.loadSampleAsync(Number(pad), address);
		engine.value = own;
	});
	onUnmounted(() => void engine.value?.shutDown());
	return { engine, padStates };
}
