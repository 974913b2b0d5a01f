import { formatPerformance } from "flitzis-looper";
import { type CSSResultGroup, html, type PropertyDeclarations, type TemplateResult } from "lit";
import { saveFile } from "../app/save-file.browser.ts";
import type { EngineReading } from "../instrument/engine-poller.ts";
import type { Listeners } from "../instrument/listeners.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import type { Notices } from "../instrument/notices.ts";
import type { PerformanceLog } from "../instrument/performance-log.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { performanceIcon } from "../theme/icons.browser.ts";
import { performanceButtonStyles } from "./performance-button-styles.browser.ts";
import { formatLength, performanceFileName, savedText } from "./performance-text.ts";

/** Starts and stops a performance, shows its length, and saves it as a file. */
export class PerformanceButton extends ListeningElement {
	static override styles: CSSResultGroup = [controlStyles, performanceButtonStyles];
	static override properties: PropertyDeclarations = {
		performance: { attribute: false },
		notices: { attribute: false },
		readings: { attribute: false },
		isSounding: { state: true },
		length: { state: true },
		isSaving: { state: true },
	};

	declare performance: PerformanceLog;
	declare notices: Notices;
	declare readings: Listeners<EngineReading>;
	declare isSounding: boolean;
	/** Length of the running performance, as shown; null while none runs. */
	declare length: string | null;
	declare isSaving: boolean;

	constructor() {
		super();
		this.isSounding = false;
		this.length = null;
		this.isSaving = false;
	}

	protected override listen(): readonly (() => void)[] {
		return [this.readings.add((reading) => this.#follow(reading))];
	}

	#follow({ stats: { state, sampleRate } }: EngineReading): void {
		const { frames } = this.performance;
		this.isSounding = state === "running";
		if (this.isSaving) return;
		// A performance that ends by itself has failed; stopping it reports why.
		if (this.length !== null && frames === null) void this.#save();
		else this.length = frames === null ? null : formatLength(frames / sampleRate);
	}

	readonly #press = (): void => {
		if (this.length !== null) void this.#save();
		else if (this.performance.start()) this.length = formatLength(0);
	};

	async #save(): Promise<void> {
		this.isSaving = true;
		const performance = await this.performance.stop();
		this.isSaving = false;
		this.length = null;
		if (performance === null) return;
		const fileName = performanceFileName(new Date());
		saveFile(fileName, new Blob([formatPerformance(performance)], { type: "application/json" }));
		this.notices.tell("info", savedText(fileName, performance.frames / performance.engine.sampleRate));
	}

	protected override render(): TemplateResult {
		const isRunning = this.length !== null;
		return html`
			<button
				class="control ${isRunning ? "running" : ""}"
				title=${isRunning ? "Stop and save the performance" : "Keep everything you play in a performance file"}
				aria-pressed=${isRunning}
				?disabled=${this.isSaving || !(this.isSounding || isRunning)}
				@click=${this.#press}
			>
				${performanceIcon}<span class="name ${isRunning ? "visually-hidden" : ""}">Performance</span>
				${isRunning ? html`<span class="length">${this.length}</span>` : ""}
			</button>
		`;
	}
}
