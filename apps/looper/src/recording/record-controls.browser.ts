import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Question } from "../app/question.ts";
import { isTyping } from "../input/keyboard.browser.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import type { PadRecordRequest } from "../pad/pad-requests.browser.ts";
import { preloadWhenIdle } from "../parts/preload.browser.ts";
import { formatLength } from "../performance/performance-text.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { keptSeconds } from "./kept-seconds.ts";
import { recordControlsStyles } from "./record-controls-styles.browser.ts";
import { recordKey } from "./record-keys.ts";
import type { Recording } from "./recording.ts";
import { type RecordingParts, recordingParts } from "./recording-parts.browser.ts";

/** Starts and ends takes, keeps what was just heard, and opens the list of takes. */
export class RecordControls extends ListeningElement {
	static override styles: CSSResultGroup = [controlStyles, recordControlsStyles];
	static override properties: PropertyDeclarations = {
		instrument: { attribute: false },
		ask: { attribute: false },
		length: { state: true },
		isSounding: { state: true },
	};

	declare instrument: Instrument;
	/** Asks before something is lost. */
	declare ask: (question: Question) => Promise<boolean>;
	/** How long the running take is, as shown. */
	declare length: string;
	declare isSounding: boolean;
	#parts: RecordingParts | null = null;

	constructor() {
		super();
		this.length = formatLength(0);
		this.isSounding = false;
	}

	get #recording(): Recording {
		return this.instrument.recording!;
	}

	protected override listen(): readonly (() => void)[] {
		const { recorder, takes } = this.#recording;
		window.addEventListener("keydown", this.#pressKey);
		window.addEventListener("pad-record-request", this.#openPadRecorder);
		const parts = recordingParts(this.instrument.notices);
		this.#parts = parts;
		return [
			preloadWhenIdle(this.instrument.opening.over, [() => parts.takes.preload(), () => parts.padRecorder.preload()]),
			() => window.removeEventListener("keydown", this.#pressKey),
			() => window.removeEventListener("pad-record-request", this.#openPadRecorder),
			takes.changes.add(() => this.requestUpdate()),
			recorder.changes.add(() => this.requestUpdate()),
			this.instrument.poller.readings.add(({ stats }) => {
				recorder.follow();
				this.isSounding = stats.state === "running";
				if (recorder.state !== null) this.length = formatLength(recorder.seconds);
			}),
		];
	}

	protected override render(): TemplateResult {
		const { recorder, takes } = this.#recording;
		const { state } = recorder;
		const isRunning = state?.recorded === "take";
		const count = takes.list.length;
		return html`
			<button
				class="control record ${isRunning ? "running" : ""}"
				data-target="record"
				title=${isRunning ? "End the recording (Alt+R)" : "Record what is heard (Alt+R)"}
				aria-pressed=${isRunning}
				?disabled=${(!isRunning && (state !== null || !this.isSounding)) || state?.phase === "ending"}
				@click=${() => void recorder.toggle()}
			>
				<span class="mark"></span>
				${isRunning ? html`<span class="long">Recording</span> <span class="short" aria-hidden="true">Rec</span> <span class="length">${this.length}</span>` : "Record"}
			</button>
			<button
				class="control"
				data-target="keep-last"
				title="Keep what was just heard as a take (Shift+Alt+R)"
				?disabled=${!this.isSounding}
				@click=${this.#keepLast}
			>
				<span>Keep <span class="more">last </span>${keptSeconds} s</span>
			</button>
			<button class="control" title="Play, name, save and delete takes" aria-haspopup="dialog" @click=${this.#openTakes}>
				Takes ${count === 0 ? nothing : html`<span class="count">${count}</span>`}
			</button>
		`;
	}

	readonly #pressKey = (event: KeyboardEvent): void => {
		// A mapped key does what it is mapped to.
		if (event.defaultPrevented || isTyping(event)) return;
		const action = recordKey(event);
		if (action === null) return;
		event.preventDefault();
		if (action === "record") void this.#recording.recorder.toggle();
		else this.#keepLast();
	};

	readonly #keepLast = (): void => void this.#recording.recorder.keepLast();

	readonly #openTakes = async (): Promise<void> => {
		const part = await this.#parts?.takes.get();
		await part?.openTakes(this.renderRoot, this.instrument, this.ask);
	};

	readonly #openPadRecorder = ({ pad }: PadRecordRequest): void => void this.#recordOnto(pad);

	async #recordOnto(pad: number): Promise<void> {
		const part = await this.#parts?.padRecorder.get();
		// They lie in the same corner.
		this.renderRoot.querySelector("take-list")?.close();
		await part?.openPadRecorder(this.renderRoot, pad, this.instrument);
	}
}

declare global {
	interface HTMLElementTagNameMap {
		"record-controls": RecordControls;
	}
}
