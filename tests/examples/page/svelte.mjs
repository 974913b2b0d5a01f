import { mount as mountComponent, unmount } from "svelte";
import { SOUNDS } from "./sounds.mjs";
import Pad from "./svelte-pad.svelte";

/** @param {Element} target @returns what takes it off the page */
export function mount(target) {
	const pad = mountComponent(Pad, { target, props: { sounds: SOUNDS } });
	return () => void unmount(pad);
}
