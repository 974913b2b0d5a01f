import { type CSSResultGroup, css, html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import { controlStyles } from "../theme/controls.browser.ts";
import type { Question } from "./question.ts";

/** Asks one question at a time. */
export class ConfirmDialog extends LitElement {
	static override styles: CSSResultGroup = [
		controlStyles,
		css`
			dialog {
				width: min(420px, calc(100vw - 32px));
				padding: 22px;
				border: 1px solid var(--line-strong);
				border-radius: 16px;
				background: #20232c;
				color: var(--text);
				box-shadow: 0 24px 80px rgb(0 0 0 / 70%);
			}
			dialog::backdrop {
				background: rgb(5 6 9 / 65%);
			}
			p {
				margin: 0 0 20px;
				font-size: 1.0625rem;
			}
			form {
				display: flex;
				flex-wrap: wrap;
				justify-content: flex-end;
				gap: 10px;
			}
			.consent {
				border-color: transparent;
				background: var(--alarm-deep);
				color: white;
			}
			.consent:hover {
				background: #d33a46;
			}
		`,
	];
	static override properties: PropertyDeclarations = { question: { state: true } };

	declare question: Question;

	constructor() {
		super();
		this.question = { text: "", consent: "" };
	}

	/** @returns whether the performer consents. */
	async ask(question: Question): Promise<boolean> {
		this.question = question;
		await this.updateComplete;
		const dialog = this.renderRoot.querySelector("dialog")!;
		dialog.returnValue = "";
		dialog.showModal();
		await new Promise<void>((resolve) => dialog.addEventListener("close", () => resolve(), { once: true }));
		return dialog.returnValue === "consent";
	}

	protected override render(): TemplateResult {
		// Keys pressed in the open dialog must not play pads.
		return html`
			<dialog aria-labelledby="question" @keydown=${(event: KeyboardEvent) => event.stopPropagation()}>
				<p id="question">${this.question.text}</p>
				<form method="dialog">
					<button class="control" value="">Cancel</button>
					<button class="control consent" value="consent">${this.question.consent}</button>
				</form>
			</dialog>
		`;
	}
}
