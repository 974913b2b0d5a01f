import type { SampleInfo } from "flitzis-looper";
import { type CSSResultGroup, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { newEditGesture } from "../instrument/edit-gesture.ts";
import type { PadState } from "../instrument/pad-state.ts";
import type { Pads } from "../instrument/pads.ts";
import { regionOf } from "../instrument/played-region.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import type { Waveforms } from "../waveform/waveforms.ts";
import { movedTo } from "./grid-edit.ts";
import { keyedFrame, snappedFrame } from "./handle-place.ts";
import { beatGridOf, type LoopEdge, movedEdge, type RegionSettings } from "./loop-edit.ts";
import { loopHandlesStyles } from "./loop-handles-styles.browser.ts";
import type { PadEditor } from "./pad-editor.ts";
import type { SnapTarget } from "./snap.ts";
import { frameAt, shareOfFrame, type WaveView } from "./wave-view.ts";

/** What can be dragged: an end of the region, or its beats, and with them the whole of it. */
type Handle = LoopEdge | "beats";

const names: Readonly<Record<Handle, string>> = { start: "Loop start", end: "Loop end", beats: "Beat grid" };
const grips: Readonly<Record<Handle, string>> = { start: "[", end: "]", beats: "↔" };

/** A handle that is dragged. */
interface Drag {
	readonly edge: Handle;
	/** The pad's settings when it began. */
	readonly before: RegionSettings;
	readonly gesture: string;
}

/** The two ends of the pad's region, and where its beats begin, over its waveform. */
export class LoopHandles extends LitElement {
	static override styles: CSSResultGroup = [controlStyles, loopHandlesStyles];
	static override properties: PropertyDeclarations = {
		editor: { attribute: false },
		state: { attribute: false },
		pads: { attribute: false },
		waveforms: { attribute: false },
		snap: { attribute: false },
		view: { attribute: false },
	};

	declare editor: PadEditor;
	/** What the editor edits; another one makes the handles move. */
	declare state: PadState;
	declare pads: Pads;
	declare waveforms: Waveforms;
	declare snap: SnapTarget;
	declare view: WaveView;
	#drag: Drag | null = null;
	#moves = 0;

	/** Where the ends lie in the view: 0 at its left edge, 1 at its right one. */
	shares(): { readonly start: number; readonly end: number } {
		const info = this.#info;
		if (info === null) return { start: 0, end: 1 };
		const { startFrame, endFrame } = regionOf(this.state.settings, info.source);
		const ratio = info.frames / info.source.frames;
		return { start: shareOfFrame(this.view, startFrame * ratio), end: shareOfFrame(this.view, endFrame * ratio) };
	}

	get #info(): SampleInfo | null {
		return this.pads.sampleInfo(this.editor.pad);
	}

	protected override render(): TemplateResult {
		const info = this.#info;
		if (info === null) return html``;
		const hasBeats = this.state.settings.lengthBeats > 0;
		return html`${this.#handle("start", info)}${this.#handle("end", info)}${hasBeats ? this.#handle("beats", info) : ""}`;
	}

	#handle(edge: Handle, { source }: SampleInfo): TemplateResult {
		const { startFrame, endFrame } = regionOf(this.state.settings, source);
		const seconds = (edge === "end" ? endFrame : startFrame) / source.sampleRate;
		return html`
			<div
				class="handle ${edge}"
				role="slider"
				tabindex="0"
				data-target=${edge === "beats" ? nothing : `set ${edge === "start" ? "loopStartFrame" : "loopEndFrame"} selected`}
				aria-label=${names[edge]}
				aria-valuemin="0"
				aria-valuemax=${source.frames / source.sampleRate}
				aria-valuenow=${seconds}
				aria-valuetext="${seconds.toFixed(4)} s"
				title="${names[edge]}: drag, or press the arrow keys; double-click to reset"
				@pointerdown=${(event: PointerEvent) => this.#grasp(event, edge)}
				@pointermove=${this.#move}
				@pointerup=${this.#drop}
				@pointercancel=${this.#drop}
				@keydown=${(event: KeyboardEvent) => this.#pressKey(event, edge)}
				@dblclick=${() => this.#setEdge({ edge, before: this.#settings, gesture: newEditGesture() }, this.#limit(edge))}
			>
				<span class="grip" aria-hidden="true">${grips[edge]}</span>
			</div>
		`;
	}

	protected override updated(): void {
		const { start, end } = this.shares();
		this.#place("start", start);
		this.#place("end", end);
		this.#place("beats", start);
	}

	#place(edge: Handle, share: number): void {
		const handle = this.renderRoot.querySelector<HTMLElement>(`.${edge}`);
		if (handle === null) return;
		const isInView = share >= -0.001 && share <= 1.001;
		// One outside of the view waits at the edge behind which it lies, so that it stays within reach.
		handle.classList.toggle("beyond", !isInView);
		handle.style.transform = `translateX(${Math.min(1, Math.max(0, share)) * this.clientWidth}px)`;
	}

	get #settings(): RegionSettings {
		return this.state.settings;
	}

	#limit(edge: Handle): number {
		return edge === "end" ? (this.#info?.source.frames ?? 0) : 0;
	}

	#grasp(event: PointerEvent, edge: Handle): void {
		if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return;
		event.currentTarget.setPointerCapture(event.pointerId);
		const { loopRegion, lengthBeats } = this.#settings;
		this.#drag = { edge, before: { loopRegion, lengthBeats }, gesture: newEditGesture() };
	}

	readonly #move = ({ clientX }: PointerEvent): void => {
		const info = this.#info;
		if (this.#drag === null || info === null) return;
		const { left, width } = this.getBoundingClientRect();
		const frame = frameAt(this.view, (clientX - left) / width);
		void this.#setSnapped(this.#drag, frame, info);
	};

	readonly #drop = (): void => {
		this.#drag = null;
	};

	#pressKey(event: KeyboardEvent, edge: Handle): void {
		const info = this.#info;
		if (info === null || event.ctrlKey || event.altKey || event.metaKey) return;
		const { loopRegion, lengthBeats } = this.#settings;
		const region = regionOf(this.#settings, info.source);
		const frame = keyedFrame(event.code, {
			frame: edge === "end" ? region.endFrame : region.startFrame,
			frames: info.source.frames,
			span: ((this.view.endFrame - this.view.startFrame) * info.source.frames) / info.frames,
			grid: this.snap === "beat" ? beatGridOf(this.#settings, info.source) : null,
			isFine: event.shiftKey,
		});
		if (frame === null) return;
		event.preventDefault();
		this.#setEdge({ edge, before: { loopRegion, lengthBeats }, gesture: newEditGesture() }, frame);
	}

	/** @param frame - at the engine's rate */
	async #setSnapped(drag: Drag, frame: number, info: SampleInfo): Promise<void> {
		const { pad } = this.editor;
		const move = ++this.#moves;
		const snapped = await snappedFrame(frame, {
			target: this.snap,
			ratio: info.frames / info.source.frames,
			grid: beatGridOf(drag.before, info.source),
			read: (firstFrame, frames) => this.waveforms.read(pad, firstFrame, frames),
		});
		// Another move, another pad or another sample has come meanwhile.
		if (move === this.#moves && pad === this.editor.pad && info === this.#info) this.#setEdge(drag, snapped);
	}

	#setEdge({ edge, before, gesture }: Drag, frame: number): void {
		const info = this.#info;
		if (info === null) return;
		const moved =
			edge === "beats" ? movedTo(before, info.source, Math.max(0, frame)) : movedEdge(before, info.source, edge, frame);
		this.editor.setAlone(moved, gesture);
	}
}
