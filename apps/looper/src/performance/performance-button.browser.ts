import { formatPerformance } from "flitzis-looper";
import { type CSSResultGroup, html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Instrument, SessionFrame } from "../instrument/instrument.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { recordIcon } from "../theme/icons.browser.ts";
import { recordButtonStyles } from "./performance-button-styles.browser.ts";
import { formatLength, performanceFileName, savedText } from "./performance-text.ts";
import { saveText } from "./save-text.browser.ts";

/** Keeps a performance and saves it as a file; shows how long it is already. */
export class RecordButton extends LitElement {
	static override styles: CSSResultGroup = [controlStyles, recordButtonStyles];
	static override properties: PropertyDeclarations = {
		instrument: { attribute: false },
		isSounding: { state: true },
		length: { state: true },
		isSaving: { state: true },
	};

	declare instrument: Instrument;
	declare isSounding: boolean;
	/** How long the performance is already; null while none runs. */
	declare length: string | null;
	declare isSaving: boolean;
	#endListening: (() => void) | undefined;

	constructor() {
		super();
		this.isSounding = false;
		this.length = null;
		this.isSaving = false;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#endListening = this.instrument.frames.add((frame) => this.#follow(frame));
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#endListening?.();
	}

	#follow({ stats: { state, sampleRate } }: SessionFrame): void {
		const { performanceFrames } = this.instrument;
		this.isSounding = state === "running";
		if (this.isSaving) return;
		// A performance that has ended by itself has failed: stopping it tells why.
		if (this.length !== null && performanceFrames === null) void this.#save();
		else this.length = performanceFrames === null ? null : formatLength(performanceFrames / sampleRate);
	}

	readonly #press = (): void => {
		if (this.length !== null) void this.#save();
		else if (this.instrument.startPerformance()) this.length = formatLength(0);
	};

	async #save(): Promise<void> {
		this.isSaving = true;
		const recorded = await this.instrument.stopPerformance();
		this.isSaving = false;
		this.length = null;
		if (recorded === null) return;
		const fileName = performanceFileName(new Date());
		saveText(fileName, formatPerformance(recorded));
		this.instrument.notify("info", savedText(fileName, recorded.frames / recorded.engine.sampleRate));
	}

	protected override render(): TemplateResult {
		const isRecording = this.length !== null;
		return html`
			<button
				class="control ${isRecording ? "recording" : ""}"
				title=${isRecording ? "Stop recording and save the performance" : "Record the performance as a performance file"}
				aria-pressed=${isRecording}
				?disabled=${this.isSaving || !(this.isSounding || isRecording)}
				@click=${this.#press}
			>
				${recordIcon}<span class="name">Record</span>
				${isRecording ? html`<span class="length">${this.length}</span>` : ""}
			</button>
		`;
	}
}
