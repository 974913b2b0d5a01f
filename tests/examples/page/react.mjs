import { createElement, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { useLooper, usePadState } from "../../../examples/react-hook.mjs";
import { SOUNDS } from "./sounds.mjs";

function Pad() {
	const engine = useLooper(SOUNDS);
	const state = usePadState(engine, 0);
	const press = () => void engine?.run().then(() => engine.pad(0).press());
	return createElement("button", { type: "button", onClick: press }, state);
}

/** Mounts the component as StrictMode does: twice. @param {Element} place @returns what takes it off the page */
export function mount(place) {
	const root = createRoot(place);
	root.render(createElement(StrictMode, null, createElement(Pad)));
	return () => root.unmount();
}
