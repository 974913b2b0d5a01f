import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Analyses } from "../analysis/analyses.ts";
import type { EngineReading } from "../instrument/engine-poller.ts";
import type { Listeners } from "../instrument/listeners.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import type { PadActions } from "../instrument/pad-actions.ts";
import type { Pads } from "../instrument/pads.ts";
import type { Selection } from "../instrument/selection.ts";
import type { SetControls } from "../instrument/set-controls.ts";
import { PadMenuRequest } from "../pad/pad-requests.browser.ts";
import { formatDuration, padTitle } from "../pad/pad-text.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { crossIcon, dotsIcon, minusIcon, plusIcon, wholeIcon } from "../theme/icons.browser.ts";
import { switchStyles } from "../theme/switches.browser.ts";
import type { Waveforms } from "../waveform/waveforms.ts";
import { foundLine } from "./found-line.browser.ts";
import { gridControls } from "./grid-controls.browser.ts";
import { ownTempo } from "./loop-edit.ts";
import { PadEditor } from "./pad-editor.ts";
import { padPanelStyles } from "./pad-panel-styles.browser.ts";
import { chosen, snapChoices } from "./panel-choices.ts";
import { PanelCloseEvent } from "./panel-close.browser.ts";
import { choiceField } from "./panel-controls.browser.ts";
import {
	equalizerSection,
	launchSection,
	levelSection,
	pitchSection,
	section,
	tempoSection,
} from "./panel-sections.browser.ts";
import { slicesSection } from "./slices-section.browser.ts";
import type { SnapTarget } from "./snap.ts";

/** "paused", as an activity numbers it. */
const PAUSED = 4;
/** "playing" and "stopping". */
const SOUNDING_STATES: readonly number[] = [1, 3];

/**
 * Everything that can be set of the selected pad. Hidden while it is closed, and while none is selected. It keeps its elements, because
 * creating them takes much longer than showing another pad in them.
 */
export class PadPanel extends ListeningElement {
	static override styles: CSSResultGroup = [controlStyles, switchStyles, padPanelStyles];
	static override properties: PropertyDeclarations = {
		isOpen: { attribute: false },
		pads: { attribute: false },
		selection: { attribute: false },
		settings: { attribute: false },
		actions: { attribute: false },
		waveforms: { attribute: false },
		analyses: { attribute: false },
		readings: { attribute: false },
		snap: { state: true },
		isPaused: { state: true },
		isSounding: { state: true },
		isRateHeld: { state: true },
	};

	/** Whether it shows the pad that is selected. */
	declare isOpen: boolean;
	declare pads: Pads;
	declare selection: Selection;
	declare settings: SetControls;
	declare actions: PadActions;
	declare waveforms: Waveforms;
	/** Null until it is loaded. */
	declare analyses: Analyses | null;
	declare readings: Listeners<EngineReading>;
	declare snap: SnapTarget;
	declare isPaused: boolean;
	declare isSounding: boolean;
	/** Whether the loop cannot follow the tempo. */
	declare isRateHeld: boolean;
	#editor: PadEditor | null = null;
	#followed: Analyses | null = null;
	#unfollow: readonly (() => void)[] = [];

	constructor() {
		super();
		this.isOpen = false;
		this.analyses = null;
		this.snap = "off";
		this.isPaused = false;
		this.isSounding = false;
		this.isRateHeld = false;
	}

	protected override listen(): readonly (() => void)[] {
		return [
			this.selection.changes.add(() => this.#follow()),
			this.pads.changes.add((pad) => {
				if (pad === this.#editor?.pad) this.#follow();
			}),
			this.settings.changes.add(() => this.#follow()),
			this.readings.add((reading) => this.#show(reading)),
		];
	}

	/** Renders what has changed; a closed panel catches up when it is opened. */
	#follow(): void {
		if (this.isOpen) this.requestUpdate();
	}

	/** Renders the panel before it is opened for the first time. */
	prepare(): void {
		if (this.#editor !== null) return;
		this.#editor = new PadEditor(0, this);
		this.requestUpdate();
	}

	/** Moves the focus into the panel. */
	override focus(options?: FocusOptions): void {
		this.renderRoot.querySelector<HTMLElement>(".close")?.focus(options);
	}

	protected override willUpdate(): void {
		const pad = this.isOpen ? this.selection.pad : null;
		this.#followAnalyses(pad);
		this.toggleAttribute("open", pad !== null);
		if (pad !== null && pad !== this.#editor?.pad) this.#editor = new PadEditor(pad, this);
	}

	/** What is shown is analysed, if it has not been. */
	#followAnalyses(pad: number | null): void {
		const { analyses } = this;
		if (analyses !== this.#followed) {
			this.#followed = analyses;
			for (const unfollow of this.#unfollow) unfollow();
			const follow = (changed: number): void => {
				if (changed === this.#editor?.pad) this.#follow();
			};
			this.#unfollow =
				analyses === null ? [] : [analyses.pads.changes.add(follow), analyses.slices.changes.add(follow)];
		}
		if (pad !== null) analyses?.pads.ask(pad);
	}

	#show(reading: EngineReading): void {
		const editor = this.#editor;
		if (editor === null || !this.hasAttribute("open")) return;
		const state = reading.activity.padState[editor.pad]!;
		this.isPaused = state === PAUSED;
		this.isSounding = SOUNDING_STATES.includes(state);
		this.isRateHeld = reading.activity.isRateHeld[editor.pad] === 1;
		this.#wave?.showReading(reading);
	}

	protected override updated(): void {
		const color = this.#editor?.state.sample?.color ?? null;
		if (color === null) this.style.removeProperty("--accent");
		else this.style.setProperty("--accent", color);
	}

	protected override render(): TemplateResult | typeof nothing {
		const editor = this.#editor;
		if (editor === null) return nothing;
		const { beatsPerBar } = this.settings.settings;
		return html`
			<section class="panel" aria-label="Pad ${editor.pad + 1}" @keydown=${this.#pressKey}>
				${this.#head(editor)} ${this.#beats(editor)}
				<wave-display
					.editor=${editor}
					.pads=${this.pads}
					.waveforms=${this.waveforms}
					.snap=${this.snap}
				></wave-display>
				<div class="sections">
					${launchSection(editor, beatsPerBar)} ${tempoSection(editor)}
					${this.analyses === null ? nothing : slicesSection(editor, this.analyses.slices)} ${pitchSection(editor)}
					${levelSection(editor)} ${equalizerSection(editor)} ${this.#play(editor)}
				</div>
			</section>
		`;
	}

	#head(editor: PadEditor): TemplateResult {
		const others = this.selection.editedWith(editor.pad).length - 1;
		return html`
			<div class="head">
				<h2>
					<span class="number">${editor.pad + 1}</span>
					<span class="title">${padTitle(editor.state) || "Empty pad"}</span>
				</h2>
				<span class="facts">
					${this.isRateHeld ? html`<span class="held" role="status">Too far from the tempo to follow it</span>` : nothing}
					<span>${this.#facts(editor)}${others > 0 ? ` · and ${others} more` : ""}</span>
				</span>
				${choiceField({
					label: "Snap",
					choices: snapChoices,
					value: this.snap,
					set: (value) => {
						this.snap = chosen(snapChoices, value);
					},
				})}
				<div class="zoom" role="group" aria-label="Zoom">
					<button class="tool" aria-label="Zoom out" title="Zoom out (−)" @click=${() => this.#wave?.zoom("out")}>
						${minusIcon}
					</button>
					<button class="tool" aria-label="Zoom in" title="Zoom in (+)" @click=${() => this.#wave?.zoom("in")}>
						${plusIcon}
					</button>
					<button
						class="tool"
						aria-label="Show all"
						title="Show the whole sample (Home)"
						@click=${() => this.#wave?.showAll()}
					>
						${wholeIcon}
					</button>
				</div>
				<button
					class="tool"
					aria-label="Menu of the selected pad"
					aria-haspopup="dialog"
					title="Load, replace, empty"
					@click=${this.#requestMenu}
				>
					${dotsIcon}
				</button>
				<button class="tool close" aria-label="Close the panel" title="Close" @click=${this.#close}>${crossIcon}</button>
			</div>
		`;
	}

	#facts(editor: PadEditor): string {
		const { state } = editor;
		if (state.sample === null) return "";
		const duration = formatDuration(state.sample.durationSec);
		const tempo = this.#tempo(editor);
		return tempo === null ? duration : `${duration} · ${Math.round(tempo * 100) / 100} BPM`;
	}

	#beats(editor: PadEditor): TemplateResult | typeof nothing {
		if (this.analyses === null || editor.state.sample === null) return nothing;
		return html`<div class="beats">
			${foundLine(editor.pad, this.pads.states, this.analyses.pads)}
			${gridControls(editor, this.analyses.grid, this.#tempo(editor))}
		</div>`;
	}

	#tempo({ pad, settings }: PadEditor): number | null {
		const info = this.pads.sampleInfo(pad);
		return info === null ? null : ownTempo(settings, info.source);
	}

	#play(editor: PadEditor): TemplateResult {
		return section(
			"Roll",
			html`
				<roll-buttons .pad=${editor.pad} .actions=${this.actions}></roll-buttons>
				<div class="switches">
					<button
						class="switch pause"
						title="Stop, and keep the place"
						aria-pressed=${this.isPaused}
						?disabled=${!(this.isPaused || this.isSounding)}
						@click=${() => (this.isPaused ? this.actions.resume(editor.pad) : this.actions.pause(editor.pad))}
					>
						${this.isPaused ? "Paused: resume" : "Pause"}
					</button>
				</div>
			`,
		);
	}

	get #wave(): HTMLElementTagNameMap["wave-display"] | null {
		return this.renderRoot.querySelector("wave-display");
	}

	readonly #requestMenu = ({ currentTarget }: Event): void => {
		if (this.#editor === null || !(currentTarget instanceof HTMLElement)) return;
		this.dispatchEvent(new PadMenuRequest(this.#editor.pad, currentTarget.getBoundingClientRect()));
	};

	readonly #close = (): void => {
		if (this.#editor !== null) this.dispatchEvent(new PanelCloseEvent(this.#editor.pad));
	};

	readonly #pressKey = (event: KeyboardEvent): void => {
		// Escape stops the sound wherever the focus is; Shift leaves that and closes the panel.
		if (event.code !== "Escape" || !event.shiftKey) return;
		event.stopPropagation();
		this.#close();
	};
}
