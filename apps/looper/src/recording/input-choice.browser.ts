import {
	type CSSResultGroup,
	css,
	html,
	LitElement,
	nothing,
	type PropertyDeclarations,
	type TemplateResult,
} from "lit";
import type { Choice } from "../choice/choice.ts";
import type { ChoiceField } from "../choice/choice-field.browser.ts";
import { inputProblem, noInputs } from "./input-problem.ts";
import type { InputSound } from "./input-sound.browser.ts";

/** The inputs to choose from, and why none can be had. Sends `change` when an input has been opened, or was not. */
export class InputChoice extends LitElement {
	static override styles: CSSResultGroup = css`
		:host {
			display: grid;
			gap: 10px;
		}
		p {
			margin: 0;
			padding: 8px 12px;
			border-left: 4px solid var(--alarm);
			background: #33222a;
			font-size: 0.875rem;
		}
	`;
	static override properties: PropertyDeclarations = {
		input: { attribute: false },
		devices: { state: true },
		problem: { state: true },
	};

	declare input: InputSound;
	declare devices: readonly Choice[];
	/** Why the input cannot be recorded; null when it can. */
	declare problem: string | null;

	constructor() {
		super();
		this.devices = [];
		this.problem = null;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		void this.#open("");
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.input.close();
	}

	/** Opens an input. The browser may ask the performer, who may have chosen something else meanwhile. */
	async #open(device: string): Promise<void> {
		this.problem = null;
		try {
			if ("mediaDevices" in navigator) {
				if (!(await this.input.open(device))) return;
				this.devices = await this.input.devices();
			} else this.problem = noInputs;
		} catch (error) {
			this.problem = inputProblem(error);
		}
		this.requestUpdate();
		this.dispatchEvent(new Event("change"));
	}

	protected override render(): TemplateResult {
		return html`
			${
				this.devices.length === 0
					? nothing
					: html`<choice-field
							label="Device"
							.choices=${this.devices}
							.value=${this.input.device}
							@change=${({ currentTarget }: { readonly currentTarget: ChoiceField }) => void this.#open(currentTarget.value)}
						></choice-field>`
			}
			${this.problem === null ? nothing : html`<p role="alert">${this.problem}</p>`}
		`;
	}
}

declare global {
	interface HTMLElementTagNameMap {
		"input-choice": InputChoice;
	}
}
