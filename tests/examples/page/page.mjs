import * as react from "./react.mjs";
import * as svelte from "./svelte.mjs";
import * as vue from "./vue.mjs";

/** Every context that the page has made. @type {AudioContext[]} */
const contexts = [];
globalThis.AudioContext = new Proxy(AudioContext, {
	construct(target, given, newTarget) {
		const context = Reflect.construct(target, given, newTarget);
		contexts.push(context);
		return context;
	},
});

const frameworks = { react, svelte, vue };
let unmount = () => {};

Object.assign(globalThis, {
	show: (framework) => {
		const place = document.createElement("main");
		document.body.replaceChildren(place);
		unmount = frameworks[framework].mount(place);
	},
	hide: () => unmount(),
	/** The states of all contexts that were made, in order. */
	contextStates: () => contexts.map(({ state }) => state),
});
