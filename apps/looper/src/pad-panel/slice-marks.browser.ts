import type { SampleInfo } from "flitzis-looper";
import { type CSSResultGroup, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { newEditGesture } from "../instrument/edit-gesture.ts";
import type { PadSlicing, PadState } from "../instrument/pad-state.ts";
import type { Pads } from "../instrument/pads.ts";
import type { PadEditor } from "./pad-editor.ts";
import { withMovedOnset, withOnset, withoutOnset } from "./slice-edit.ts";
import { sliceMarksStyles } from "./slice-marks-styles.browser.ts";
import { frameAt, shareOfFrame, type WaveView } from "./wave-view.ts";

/** The share of the view that an arrow key moves a mark; with Shift it is a frame. */
const keyShare = 1 / 200;

/** Where the slices of the pad's sample begin, over its waveform: marks to drag, a strip to add some. */
export class SliceMarks extends LitElement {
	static override styles: CSSResultGroup = [sliceMarksStyles];
	static override properties: PropertyDeclarations = {
		editor: { attribute: false },
		state: { attribute: false },
		pads: { attribute: false },
		view: { attribute: false },
		tabStop: { state: true },
	};

	declare editor: PadEditor;
	/** What the editor edits. */
	declare state: PadState;
	declare pads: Pads;
	declare view: WaveView;
	/** The mark at which the Tab key stops. */
	declare tabStop: number;
	#drag: { readonly index: number; readonly before: PadSlicing; readonly gesture: string } | null = null;

	constructor() {
		super();
		this.tabStop = 0;
	}

	get #slicing(): PadSlicing | null {
		const { sync, slicing } = this.state.settings;
		return sync === "slices" ? slicing : null;
	}

	get #info(): SampleInfo | null {
		return this.pads.sampleInfo(this.editor.pad);
	}

	protected override render(): TemplateResult | typeof nothing {
		const slicing = this.#slicing;
		const info = this.#info;
		if (slicing === null || info === null) return nothing;
		const stop = Math.min(this.tabStop, slicing.onsetsSec.length - 1);
		return html`
			<div class="strip" title="Click to add a slice" @pointerdown=${this.#add}></div>
			${slicing.onsetsSec.map((seconds, index) => this.#mark(seconds, index, { info, isTabStop: index === stop }))}
		`;
	}

	#mark(
		seconds: number,
		index: number,
		{ info, isTabStop }: { readonly info: SampleInfo; readonly isTabStop: boolean },
	): TemplateResult {
		return html`
			<div
				class="mark"
				role="slider"
				tabindex=${isTabStop ? 0 : -1}
				aria-label="Slice ${index + 1}"
				aria-valuemin="0"
				aria-valuemax=${info.durationSec}
				aria-valuenow=${seconds}
				aria-valuetext="${seconds.toFixed(4)} s"
				title="Slice ${index + 1}: drag, or press the arrow keys; Enter adds one behind it, Delete removes it"
				@focus=${() => {
					this.tabStop = index;
				}}
				@keydown=${(event: KeyboardEvent) => this.#pressKey(event, index)}
			>
				<span
					class="grip"
					@pointerdown=${(event: PointerEvent) => this.#grasp(event, index)}
					@pointermove=${this.#move}
					@pointerup=${this.#drop}
					@pointercancel=${this.#drop}
					@dblclick=${() => this.#remove(index)}
				></span>
			</div>
		`;
	}

	protected override updated(): void {
		const slicing = this.#slicing;
		const info = this.#info;
		if (slicing === null || info === null) return;
		for (const [index, mark] of this.#marks.entries()) {
			const share = shareOfFrame(this.view, (slicing.onsetsSec[index]! * info.frames) / info.durationSec);
			mark.classList.toggle("out", share < 0 || share > 1);
			mark.style.transform = `translateX(${share * this.clientWidth}px)`;
		}
	}

	get #marks(): readonly HTMLElement[] {
		return [...this.renderRoot.querySelectorAll<HTMLElement>(".mark")];
	}

	#secondsAt(clientX: number, info: SampleInfo): number {
		const { left, width } = this.getBoundingClientRect();
		return (frameAt(this.view, (clientX - left) / width) * info.durationSec) / info.frames;
	}

	readonly #add = ({ button, clientX }: PointerEvent): void => {
		const slicing = this.#slicing;
		const info = this.#info;
		if (slicing !== null && info !== null && button === 0)
			this.#set(slicing, withOnset(slicing.onsetsSec, this.#secondsAt(clientX, info)), newEditGesture());
	};

	#grasp(event: PointerEvent, index: number): void {
		const before = this.#slicing;
		if (event.button !== 0 || before === null || !(event.currentTarget instanceof HTMLElement)) return;
		event.currentTarget.setPointerCapture(event.pointerId);
		this.#marks[index]?.focus();
		this.#drag = { index, before, gesture: newEditGesture() };
	}

	readonly #move = ({ clientX }: PointerEvent): void => {
		const info = this.#info;
		if (this.#drag === null || info === null) return;
		const { index, before, gesture } = this.#drag;
		const seconds = this.#secondsAt(clientX, info);
		this.#set(before, withMovedOnset(before.onsetsSec, index, seconds, info.durationSec), gesture);
	};

	readonly #drop = (): void => {
		this.#drag = null;
	};

	#remove(index: number): void {
		const slicing = this.#slicing;
		if (slicing !== null) this.#set(slicing, withoutOnset(slicing.onsetsSec, index), newEditGesture());
	}

	#pressKey(event: KeyboardEvent, index: number): void {
		const slicing = this.#slicing;
		const info = this.#info;
		if (slicing === null || info === null || event.ctrlKey || event.altKey || event.metaKey) return;
		const span = ((this.view.endFrame - this.view.startFrame) * info.durationSec) / info.frames;
		const step = event.shiftKey ? 1 / info.source.sampleRate : span * keyShare;
		const move = (by: number): void => {
			const moved = withMovedOnset(slicing.onsetsSec, index, slicing.onsetsSec[index]! + by, info.durationSec);
			this.#set(slicing, moved, newEditGesture());
		};
		const last = slicing.onsetsSec.length - 1;
		const action: (() => void) | undefined = {
			ArrowRight: () => move(step),
			ArrowUp: () => move(step),
			ArrowLeft: () => move(-step),
			ArrowDown: () => move(-step),
			PageUp: () => this.#marks[Math.min(index + 1, last)]?.focus(),
			PageDown: () => this.#marks[Math.max(index - 1, 0)]?.focus(),
			Home: () => this.#marks[0]?.focus(),
			End: () => this.#marks[last]?.focus(),
			Enter: () => {
				const [onset, next] = [slicing.onsetsSec[index]!, slicing.onsetsSec[index + 1] ?? info.durationSec];
				this.#set(slicing, withOnset(slicing.onsetsSec, (onset + next) / 2), newEditGesture());
			},
			Delete: () => this.#remove(index),
			Backspace: () => this.#remove(index),
		}[event.code];
		if (action === undefined) return;
		event.preventDefault();
		event.stopPropagation();
		action();
	}

	#set(slicing: PadSlicing, onsetsSec: readonly number[], gesture: string): void {
		if (onsetsSec !== slicing.onsetsSec) this.editor.setAlone({ slicing: { ...slicing, onsetsSec } }, gesture);
	}
}
