import { type CSSResultGroup, html, type PropertyDeclarations, type TemplateResult } from "lit";
import type { EngineReading } from "../instrument/engine-poller.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import type { PadState } from "../instrument/pad-state.ts";
import type { Pads } from "../instrument/pads.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { drawWaveform } from "../waveform/draw-waveform.ts";
import type { Waveforms } from "../waveform/waveforms.ts";
import { drawBeatLines } from "./beat-lines.ts";
import { beatGridOf } from "./loop-edit.ts";
import type { LoopHandles } from "./loop-handles.browser.ts";
import type { PadEditor } from "./pad-editor.ts";
import type { SnapTarget } from "./snap.ts";
import { waveDisplayStyles } from "./wave-display-styles.browser.ts";
import { WaveGestures } from "./wave-gestures.browser.ts";
import { shareOfFrame, type WaveView, wholeView } from "./wave-view.ts";

/** "idle" and "queued", as an activity numbers them: nothing is heard and no place is kept. */
const SILENT_STATES: readonly number[] = [0, 2];
const zoomStep = 0.5;

/** The waveform of the selected pad: its loop, its beats, its playhead; from the whole sample to single frames. */
export class WaveDisplay extends ListeningElement {
	static override styles: CSSResultGroup = [controlStyles, waveDisplayStyles];
	static override properties: PropertyDeclarations = {
		editor: { attribute: false },
		pads: { attribute: false },
		waveforms: { attribute: false },
		snap: { attribute: false },
		view: { state: true },
	};

	declare editor: PadEditor;
	declare pads: Pads;
	declare waveforms: Waveforms;
	/** What the loop's handles snap to. */
	declare snap: SnapTarget;
	/** In frames at the engine's rate. */
	declare view: WaveView;
	#frames = 0;
	#sample: PadState["sample"] = null;
	#shownShare = Number.NaN;
	readonly #gestures: WaveGestures = new WaveGestures(this, {
		frames: () => this.#frames,
		view: () => this.view,
		show: (view) => {
			this.view = view;
		},
	});
	readonly #resizes: ResizeObserver = new ResizeObserver(() => {
		this.#handles?.requestUpdate();
		this.renderRoot.querySelector("slice-marks")?.requestUpdate();
		this.requestUpdate();
	});

	constructor() {
		super();
		this.snap = "off";
		this.view = wholeView(0);
	}

	protected override listen(): readonly (() => void)[] {
		return [
			this.waveforms.changes.add((pad) => {
				if (pad === this.editor.pad) this.requestUpdate();
			}),
			this.pads.changes.add((pad) => {
				if (pad === this.editor.pad) this.requestUpdate();
			}),
			() => this.#resizes.disconnect(),
		];
	}

	/** Moves the playhead. Called once per frame; does not render. */
	showReading({ activity }: EngineReading): void {
		const { pad } = this.editor;
		const isHeard = !SILENT_STATES.includes(activity.padState[pad]!);
		const share = isHeard ? shareOfFrame(this.view, activity.playhead[pad]!) : -1;
		if (share === this.#shownShare) return;
		this.#shownShare = share;
		const playhead = this.renderRoot.querySelector<HTMLElement>(".playhead");
		if (playhead === null) return;
		const isInView = share >= 0 && share <= 1;
		playhead.style.visibility = isInView ? "visible" : "hidden";
		if (isInView) playhead.style.transform = `translateX(${share * this.#width}px)`;
	}

	/** Shows half as much, around the middle of the view, or twice as much. */
	zoom(direction: "in" | "out"): void {
		this.#gestures.zoom(direction === "in" ? zoomStep : 1 / zoomStep);
	}

	showAll(): void {
		this.view = wholeView(this.#frames);
	}

	protected override willUpdate(): void {
		const { sample } = this.editor.state;
		if (sample === this.#sample) return;
		this.#sample = sample;
		this.#frames = this.pads.sampleInfo(this.editor.pad)?.frames ?? 0;
		this.view = wholeView(this.#frames);
	}

	protected override render(): TemplateResult {
		return html`
			<div
				class="wave"
				role="group"
				tabindex="0"
				aria-label="Waveform: plus and minus zoom, arrows scroll, Home shows all"
				@wheel=${this.#gestures.turn}
				@pointerdown=${this.#gestures.grasp}
				@pointermove=${this.#gestures.drag}
				@pointerup=${this.#gestures.drop}
				@pointercancel=${this.#gestures.drop}
				@keydown=${this.#gestures.pressKey}
				@dblclick=${() => this.showAll()}
			>
				<canvas></canvas>
				<div class="shade before"></div>
				<div class="shade after"></div>
				<div class="playhead"></div>
			</div>
			<slice-marks
				.editor=${this.editor}
				.state=${this.editor.state}
				.pads=${this.pads}
				.view=${this.view}
			></slice-marks>
			<loop-handles
				.editor=${this.editor}
				.state=${this.editor.state}
				.pads=${this.pads}
				.waveforms=${this.waveforms}
				.snap=${this.snap}
				.view=${this.view}
			></loop-handles>
			<p class="note" role="status">${this.#frames === 0 ? "No sample" : ""}</p>
		`;
	}

	protected override firstUpdated(): void {
		this.#resizes.observe(this);
	}

	protected override updated(): void {
		this.#shownShare = Number.NaN;
		this.#draw();
	}

	get #handles(): LoopHandles | null {
		return this.renderRoot.querySelector("loop-handles");
	}

	get #width(): number {
		return this.clientWidth;
	}

	#draw(): void {
		const canvas = this.renderRoot.querySelector("canvas");
		const context = canvas?.getContext("2d") ?? null;
		if (canvas === null || context === null) return;
		const width = Math.round(this.#width * devicePixelRatio);
		const height = Math.round(this.clientHeight * devicePixelRatio);
		if (width === 0 || height === 0) return;
		if (canvas.width !== width) canvas.width = width;
		if (canvas.height !== height) canvas.height = height;
		const color = getComputedStyle(this).getPropertyValue("--accent");
		const { pad } = this.editor;
		const peaks = this.waveforms.of(pad);
		const { startFrame, endFrame } = this.view;
		const picture = { width, height, startFrame, endFrame, color };
		context.clearRect(0, 0, width, height);
		if (peaks !== null) {
			const first = Math.max(0, Math.floor(startFrame) - 1);
			const isNear = (endFrame - startFrame) / width < peaks.finestFrames;
			const samples = isNear ? this.waveforms.samplesAt(pad, first, Math.ceil(endFrame) + 1 - first) : null;
			drawWaveform(context, { peaks, samples }, picture);
		}
		this.#drawBeats(context, picture);
		this.#shade();
	}

	#drawBeats(context: CanvasRenderingContext2D, picture: Parameters<typeof drawBeatLines>[2]): void {
		const info = this.pads.sampleInfo(this.editor.pad);
		if (info === null) return;
		const grid = beatGridOf(this.editor.settings, info.source);
		if (grid === null) return;
		const ratio = info.frames / info.source.frames;
		const anchorFrame = grid.anchorFrame * ratio;
		drawBeatLines(context, { anchorFrame, framesPerBeat: grid.framesPerBeat * ratio }, picture);
	}

	/** Darkens what the pad does not play. */
	#shade(): void {
		const handles = this.#handles;
		if (handles === null) return;
		const { start, end } = handles.shares();
		const place = (name: string, share: number): void => {
			const shade = this.renderRoot.querySelector<HTMLElement>(`.${name}`);
			if (shade !== null) shade.style.transform = `scaleX(${Math.min(1, Math.max(0, share))})`;
		};
		place("before", start);
		place("after", 1 - end);
	}
}
