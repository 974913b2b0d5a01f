import type { Activity } from "flitzis-looper";
import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Choice } from "../choice/choice.ts";
import type { ChoiceField } from "../choice/choice-field.browser.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { chosen } from "../pad-panel/panel-choices.ts";
import { formatLength } from "../performance/performance-text.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { crossIcon } from "../theme/icons.browser.ts";
import type { InputSound } from "./input-sound.browser.ts";
import { makeBlob } from "./make-blob.browser.ts";
import { padChoices, padText } from "./pad-choices.ts";
import { padRecorderStyles } from "./pad-recorder-styles.browser.ts";
import { barsOf, lengthChoices, type SourceName, soundPeak, sourceChoices } from "./pad-recording-choices.ts";
import { recordOntoPad, type WantedSound } from "./record-onto-pad.ts";
import type { Recorder } from "./recorder.ts";

/** Records a sound for one pad, beside the instrument, which is played meanwhile. */
export class PadRecorder extends ListeningElement {
	static override styles: CSSResultGroup = [controlStyles, padRecorderStyles];
	static override properties: PropertyDeclarations = {
		instrument: { attribute: false },
		input: { attribute: false },
		pad: { state: true },
		source: { state: true },
		sourcePad: { state: true },
		isOpen: { state: true },
		length: { state: true },
		isTransportRunning: { state: true },
		isSounding: { state: true },
		status: { state: true },
	};

	declare instrument: Instrument;
	declare input: InputSound;
	declare pad: number;
	declare source: SourceName;
	/** The pad that is recorded; "" for none. */
	declare sourcePad: string;
	declare isOpen: boolean;
	declare length: string;
	declare isTransportRunning: boolean;
	declare isSounding: boolean;
	/** How far the recording is; "" while there is none. */
	declare status: string;

	constructor() {
		super();
		this.pad = 0;
		this.source = "master";
		this.sourcePad = "";
		this.isOpen = false;
		this.length = "1";
		this.isTransportRunning = false;
		this.isSounding = false;
		this.status = "";
	}

	protected override listen(): readonly (() => void)[] {
		return [
			this.#recorder.changes.add(() => this.requestUpdate()),
			this.instrument.pads.changes.add(() => this.requestUpdate()),
			this.instrument.poller.readings.add(({ activity, stats }) => {
				if (!this.#dialog.open) return;
				this.isTransportRunning = activity.isTransportRunning;
				this.isSounding = stats.state === "running";
				this.renderRoot.querySelector("level-meter")?.show(this.#peak(activity));
				this.status = this.#isRunning ? this.#progress() : "";
			}),
		];
	}

	async open(pad: number): Promise<void> {
		if (this.#recorder.state === null) {
			this.pad = pad;
			this.sourcePad = this.#padChoices()[0]?.value ?? "";
		}
		this.isOpen = true;
		await this.updateComplete;
		if (!this.#dialog.open) this.#dialog.show();
		this.renderRoot.querySelector<HTMLElement>(".record")?.focus();
	}

	get #recorder(): Recorder {
		return this.instrument.recording!.recorder;
	}

	get #dialog(): HTMLDialogElement {
		return this.renderRoot.querySelector("dialog")!;
	}

	get #isRunning(): boolean {
		const state = this.#recorder.state;
		return state !== null && state.recorded !== "take";
	}

	#padChoices(): readonly Choice[] {
		return padChoices(this.instrument.pads.states, "filled").filter(({ value }) => value !== String(this.pad));
	}

	#peak(activity: Activity): number {
		if (this.source === "input") return this.input.peak();
		return soundPeak(this.source, activity, { pad: Number(this.sourcePad), states: this.instrument.pads.states });
	}

	#progress(): string {
		const { seconds, state } = this.#recorder;
		const isOnLines = barsOf(this.length, this.isTransportRunning) !== null;
		if (seconds === 0) return isOnLines ? "Waits for the bar" : "Begins";
		return state?.phase === "ending" && this.length === "open"
			? "Ends with the bar"
			: `Recording ${formatLength(seconds)}`;
	}

	protected override render(): TemplateResult {
		const title = padText(this.pad, this.instrument.pads.states[this.pad]!);
		const isRunning = this.#isRunning;
		const isReady = this.isSounding && this.#recorder.state === null && this.#hasSource;
		return html`
			<dialog aria-labelledby="title" @keydown=${this.#pressKey} @close=${this.#close}>
				<div class="head">
					<h2 id="title">Record onto pad ${title}</h2>
					<button class="control square" aria-label="Close" title=${isRunning ? "Throw the recording away" : "Close"} @click=${this.#leave}>
						${crossIcon}
					</button>
				</div>
				${isRunning ? nothing : this.#sources()}
				${
					this.source === "input" && this.isOpen
						? html`<input-choice ?hidden=${isRunning} .input=${this.input} @change=${() => this.requestUpdate()}></input-choice>`
						: nothing
				}
				${isRunning ? nothing : this.#lengths()}
				<level-meter></level-meter>
				<div class="deeds">
					<button
						class="control record ${isRunning ? "running" : ""}"
						aria-pressed=${isRunning}
						?disabled=${!isRunning && !isReady}
						@click=${isRunning ? this.#stop : this.#record}
					>
						<span class="mark"></span>${isRunning ? "Stop" : "Record"}
					</button>
					<p class="status" role="status">${this.status}</p>
				</div>
			</dialog>
		`;
	}

	get #hasSource(): boolean {
		if (this.source === "input") return this.input.stream !== null;
		return this.source !== "pad" || this.sourcePad !== "";
	}

	#sources(): TemplateResult {
		const { source, sourcePad } = this;
		return html`
			${this.#choice("Source", sourceChoices, source, (value) => {
				this.source = chosen(sourceChoices, value);
			})}
			${
				source === "pad"
					? this.#choice("Pad", this.#padChoices(), sourcePad, (value) => {
							this.sourcePad = value;
						})
					: nothing
			}
			${source === "pad" && sourcePad === "" ? html`<p>No other pad holds a sound.</p>` : nothing}
		`;
	}

	#lengths(): TemplateResult {
		const { isTransportRunning } = this;
		return html`
			${this.#choice("Length", lengthChoices(isTransportRunning), this.length, (value) => {
				this.length = value;
			})}
			${isTransportRunning ? nothing : html`<p>Start the transport to record whole bars.</p>`}
		`;
	}

	#choice(label: string, choices: readonly Choice[], value: string, choose: (value: string) => void): TemplateResult {
		return html`<choice-field
			label=${label}
			.choices=${choices}
			.value=${value}
			@change=${({ currentTarget }: { readonly currentTarget: ChoiceField }) => choose(currentTarget.value)}
		></choice-field>`;
	}

	readonly #record = async (): Promise<void> => {
		const { instrument, pad, source, sourcePad } = this;
		const { stream } = this.input;
		const wanted: WantedSound = {
			pad,
			bars: barsOf(this.length, this.isTransportRunning),
			source: source === "pad" ? { pad: Number(sourcePad) } : source === "input" ? { input: stream } : source,
			title: source === "pad" ? "Pad" : source === "input" ? "Input" : source === "cue" ? "Cue" : "Master",
		};
		if (await recordOntoPad(instrument, wanted, makeBlob)) this.#dialog.close();
	};

	readonly #stop = (): void => {
		this.#recorder.stopOnPad();
	};

	readonly #leave = (): void => {
		if (this.#isRunning) this.#recorder.cancelOnPad();
		this.#dialog.close();
	};

	/** What is not shown opens no input. */
	readonly #close = (): void => {
		this.isOpen = false;
	};

	readonly #pressKey = (event: KeyboardEvent): void => {
		if (event.code !== "Escape") return;
		event.stopPropagation();
		event.preventDefault();
		this.#leave();
	};
}

declare global {
	interface HTMLElementTagNameMap {
		"pad-recorder": PadRecorder;
	}
}
