import { type CSSResultGroup, css, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Instrument } from "../instrument/instrument.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { formatLength } from "../performance/performance-text.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { recordControlsStyles } from "./record-controls-styles.browser.ts";
import type { Recording } from "./recording.ts";
import { roomText } from "./take-texts.ts";

/** The level of the next take, how long it can be, and the button that records it. */
export class NextTake extends ListeningElement {
	static override styles: CSSResultGroup = [
		controlStyles,
		recordControlsStyles,
		css`
			:host {
				display: flex;
				flex-wrap: wrap;
			}
			.record {
				min-width: 172px;
			}
			level-meter {
				flex: 1;
			}
			p {
				flex-basis: 100%;
				margin: 0;
				color: var(--text-quiet);
				font-size: 0.875rem;
			}
		`,
	];
	static override properties: PropertyDeclarations = {
		instrument: { attribute: false },
		room: { state: true },
		length: { state: true },
	};

	declare instrument: Instrument;
	/** How much can still be recorded, as shown; null when that is not known. */
	declare room: string | null;
	/** How long the running take is, as shown. */
	declare length: string;

	constructor() {
		super();
		this.room = null;
		this.length = "";
	}

	get #recording(): Recording {
		return this.instrument.recording!;
	}

	protected override listen(): readonly (() => void)[] {
		const { recorder, takes } = this.#recording;
		return [
			recorder.changes.add(() => this.requestUpdate()),
			takes.changes.add(() => void this.readRoom()),
			this.instrument.poller.readings.add(({ activity }) => {
				// In a dialog that is closed nobody looks at it.
				if (!this.checkVisibility()) return;
				this.renderRoot.querySelector("level-meter")?.show(activity.masterPeak);
				this.length = formatLength(recorder.seconds);
			}),
		];
	}

	/** Asks the browser how much room is left. */
	async readRoom(): Promise<void> {
		const { takes, recorder } = this.#recording;
		const space = await takes.space();
		this.room = space === null ? null : roomText(space, recorder.sampleRate);
	}

	protected override render(): TemplateResult {
		const { recorder } = this.#recording;
		const { state } = recorder;
		const isRunning = state?.recorded === "take";
		return html`
			<button
				class="control record ${isRunning ? "running" : ""}"
				aria-pressed=${isRunning}
				?disabled=${(state !== null && !isRunning) || state?.phase === "ending"}
				@click=${() => void recorder.toggle()}
			>
				<span class="mark"></span>
				${isRunning ? html`<span>Recording</span> <span class="length">${this.length}</span>` : "Record"}
			</button>
			<level-meter></level-meter>
			<p>The meter shows what a take would hold now. ${this.room ?? nothing}</p>
		`;
	}
}

declare global {
	interface HTMLElementTagNameMap {
		"next-take": NextTake;
	}
}
