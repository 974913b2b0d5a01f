import { Listeners } from "../instrument/listeners.ts";
import type { MidiMessage } from "../midi/midi-message.ts";
import type { ReceivedMessage } from "../midi/midi-ports.ts";
import type { Control } from "./control.ts";
import { keyRefusal } from "./key-rules.ts";
import { type MappingActions, padOf } from "./mapping-actions.ts";
import { type Binding, bindingOf, withBinding } from "./mapping-document.ts";
import type { MappingStore } from "./mapping-store.ts";
import { isValueTarget, type Target } from "./targets.ts";

/** A binding that was learned, and what its control acted on before. */
interface Learned {
	readonly binding: Binding;
	readonly before: Target | null;
}

/** What learning waits for: nothing, a target, or the control for one. */
export type LearnState =
	| { readonly phase: "off" }
	| { readonly phase: "target"; readonly learned: Learned | null }
	| { readonly phase: "control"; readonly target: Target; readonly refusal: string | null };

/** Values from here on press a button that sends control changes. */
const pressedFrom = 64;

/** Binds controls by example: the performer touches what is meant, and then presses or turns the control for it. */
export class Learning {
	readonly changes: Listeners<LearnState> = new Listeners();
	readonly #store: MappingStore;
	readonly #actions: MappingActions;
	#state: LearnState = { phase: "off" };
	#isFixed = false;

	constructor(store: MappingStore, actions: MappingActions) {
		this.#store = store;
		this.#actions = actions;
	}

	get state(): LearnState {
		return this.#state;
	}

	/** Whether a binding keeps the very pad that is meant now, whatever bank or pad is shown or selected later. */
	get isFixed(): boolean {
		return this.#isFixed;
	}

	fix(isFixed: boolean): void {
		this.#isFixed = isFixed;
		this.#change(this.#state);
	}

	/** Begins to learn. */
	begin(): void {
		this.#change({ phase: "target", learned: null });
	}

	/** Takes what the next control will act on. */
	choose(target: Target): void {
		if (this.#state.phase !== "off") this.#change({ phase: "control", target, refusal: null });
	}

	/** Goes back to choosing a target, or ends. */
	back(): void {
		if (this.#state.phase === "control") this.begin();
		else this.end();
	}

	end(): void {
		if (this.#state.phase !== "off") this.#change({ phase: "off" });
	}

	/** Takes a key. @param code - as in `KeyboardEvent.code` */
	takeKey(code: string, { shift, alt }: { readonly shift: boolean; readonly alt: boolean }): void {
		const refusal = keyRefusal(code, alt);
		if (refusal === null) this.#take({ type: "key", code, shift, alt });
		else this.#refuse(`${refusal[0]!.toUpperCase()}${refusal.slice(1)}. Press another one.`);
	}

	/** Takes a message of a device. @returns whether it was meant for learning */
	takeMessage({ device, message }: ReceivedMessage): boolean {
		if (this.#state.phase !== "control") return false;
		const control = controlOf(device, message, isValueTarget(this.#state.target));
		if (control !== null) this.#take(control);
		return message.type === "note-on" || message.type === "controller";
	}

	#take(control: Control): void {
		const state = this.#state;
		if (state.phase !== "control") return;
		if (isValueTarget(state.target) && control.type !== "controller") {
			const what = control.type === "key" ? "key" : "note";
			this.#refuse(`A ${what} cannot set a value. Move a knob or a fader.`);
			return;
		}
		const { document } = this.#store;
		const binding = { control, target: this.#fixed(state.target) };
		const before = bindingOf(document, control)?.target ?? null;
		this.#store.replace(withBinding(document, binding));
		this.#change({ phase: "target", learned: { binding, before } });
	}

	#fixed(target: Target): Target {
		if (!this.#isFixed || !("pad" in target)) return target;
		const pad = padOf(target.pad, this.#actions);
		return pad === null ? target : { ...target, pad: { kind: "pad", pad } };
	}

	#refuse(refusal: string): void {
		const state = this.#state;
		if (state.phase === "control") this.#change({ ...state, refusal });
	}

	#change(state: LearnState): void {
		this.#state = state;
		this.changes.notify(state);
	}
}

/** The control that sent a message; null when it cannot be bound, or a button that comes up. */
function controlOf(device: string, message: MidiMessage, isValue: boolean): Control | null {
	if (message.type === "note-on") return { type: "note", device, channel: message.channel, note: message.note };
	if (message.type !== "controller" || (!isValue && message.value < pressedFrom)) return null;
	const { channel, controller } = message;
	return { type: "controller", device, channel, controller, coding: "absolute" };
}
