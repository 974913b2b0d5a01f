import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { type BufferChoice, chooseBuffer, chosenBuffer } from "../instrument/buffer-choice.browser.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { mappingDialogStyles } from "../mapping/mapping-dialog-styles.browser.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { crossIcon } from "../theme/icons.browser.ts";
import type { OutputControl } from "./output-control.ts";
import { outputDialogStyles } from "./output-dialog-styles.browser.ts";

/** How much is rendered ahead, by Web Audio's names. */
const latencies: readonly { readonly buffer: BufferChoice; readonly name: string; readonly meaning: string }[] = [
	{ buffer: "small", name: "Interactive", meaning: "As fast as the device allows: for playing by hand." },
	{ buffer: "large", name: "Balanced", meaning: "50 ms ahead: fewer dropouts on a busy machine." },
	{ buffer: "largest", name: "Playback", meaning: "150 ms ahead: for sets that run by themselves." },
];
const nextStart = "Takes effect when the instrument starts next.";

/** Where the instrument sounds: device, cue, latency. */
export class OutputDialog extends ListeningElement {
	static override styles: CSSResultGroup = [controlStyles, mappingDialogStyles, outputDialogStyles];
	static override properties: PropertyDeclarations = {
		output: { attribute: false },
		buffer: { state: true },
	};

	declare output: OutputControl;
	declare buffer: BufferChoice;
	readonly #started: BufferChoice = chosenBuffer();

	constructor() {
		super();
		this.buffer = this.#started;
	}

	protected override listen(): readonly (() => void)[] {
		return [this.output.changes.add(() => this.requestUpdate())];
	}

	open(): void {
		// It may have been chosen where the dropouts are.
		this.buffer = chosenBuffer();
		this.#dialog.showModal();
		void this.output.refresh();
	}

	get #dialog(): HTMLDialogElement {
		return this.renderRoot.querySelector("dialog")!;
	}

	protected override render(): TemplateResult {
		// Keys pressed in the open dialog must not play pads.
		return html`
			<dialog aria-labelledby="title" @keydown=${(event: KeyboardEvent) => event.stopPropagation()}>
				<div class="head">
					<h2 id="title">Output</h2>
					<button class="control square" aria-label="Close" @click=${() => this.#dialog.close()}>${crossIcon}</button>
				</div>
				${this.output.problem === null ? nothing : html`<p class="problem" role="alert">${this.output.problem}</p>`}
				<div class="body">${this.#device()} ${this.#cue()} ${this.#latency()}</div>
			</dialog>
		`;
	}

	#device(): TemplateResult {
		const { output } = this;
		if (!output.canChoose) {
			return html`<section>
				<h3>Device</h3>
				<p>This browser plays on the system's output. Choose it in the system's sound settings.</p>
			</section>`;
		}
		const isListed = output.device === "" || output.devices.some(({ id }) => id === output.device);
		return html`<section>
			<h3 id="device">Device</h3>
			<select aria-labelledby="device" @change=${this.#choose}>
				<option value="" .selected=${output.device === ""}>The system's default</option>
				${isListed ? nothing : html`<option value=${output.device} .selected=${true}>${output.deviceName}</option>`}
				${output.devices.map(
					({ id, name }) => html`<option value=${id} .selected=${id === output.device}>${name}</option>`,
				)}
			</select>
			${
				output.hidesDevices
					? html`<p>
							The browser names outputs only to pages that may use the microphone. It asks you; nothing is recorded.
						</p>
						<button class="control ask" @click=${() => output.askForDevices()}>Find outputs…</button>`
					: nothing
			}
		</section>`;
	}

	#cue(): TemplateResult {
		const { cueText, settings } = this.output;
		return html`<section>
			<h3>Cue</h3>
			<label class="check">
				<input type="checkbox" .checked=${settings.hasCue} @change=${this.#switchCue} />
				Cue on outputs 3 and 4
			</label>
			<p role="status">${cueText ?? "For headphones, on devices with four outputs or more."}</p>
		</section>`;
	}

	#latency(): TemplateResult {
		return html`<fieldset>
			<legend>Latency</legend>
			${latencies.map(
				({ buffer, name, meaning }) => html`<label class="check">
					<input
						type="radio"
						name="latency"
						.checked=${buffer === this.buffer}
						@change=${() => this.#chooseBuffer(buffer)}
					/>
					<span><strong>${name}</strong> <span class="meaning">${meaning}</span></span>
				</label>`,
			)}
			<p role="status">${this.buffer === this.#started ? "" : nextStart}</p>
		</fieldset>`;
	}

	readonly #choose = ({ currentTarget }: Event): void => {
		if (currentTarget instanceof HTMLSelectElement) void this.#moveTo(currentTarget);
	};

	/** The field shows the device that plays, also when the new one cannot be had. */
	async #moveTo(field: HTMLSelectElement): Promise<void> {
		await this.output.choose(field.value);
		field.value = this.output.device;
	}

	readonly #switchCue = ({ currentTarget }: Event): void => {
		if (currentTarget instanceof HTMLInputElement) this.output.setCue(currentTarget.checked);
	};

	#chooseBuffer(buffer: BufferChoice): void {
		this.buffer = buffer;
		chooseBuffer(buffer);
	}
}
