import { createApp, h } from "vue";
import { useLooper } from "../../../examples/vue-composable.mjs";
import { SOUNDS } from "./sounds.mjs";

function usePad() {
	const { engine, padStates } = useLooper(SOUNDS);
	const press = () => void engine.value?.run().then(() => engine.value?.pad(0).press());
	return () => h("button", { type: "button", onClick: press }, padStates[0] ?? "idle");
}

/** @param {Element} place @returns what takes it off the page */
export function mount(place) {
	const app = createApp({ setup: usePad });
	app.mount(place);
	return () => app.unmount();
}
