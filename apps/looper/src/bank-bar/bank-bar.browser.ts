import { type CSSResultGroup, html, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Banks } from "../instrument/banks.ts";
import { bankNames } from "../instrument/banks.ts";
import type { EngineReading } from "../instrument/engine-poller.ts";
import type { Listeners } from "../instrument/listeners.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { bankAfterKey } from "./bank-after-key.ts";
import { bankBarStyles } from "./bank-bar-styles.browser.ts";
import { bankLabel, countBanks, createBankCounts } from "./bank-counts.ts";

/** The buttons of the banks. They show what plays and waits in banks that are out of sight. */
export class BankBar extends ListeningElement {
	static override styles: CSSResultGroup = [controlStyles, bankBarStyles];
	static override properties: PropertyDeclarations = {
		banks: { attribute: false },
		readings: { attribute: false },
		shown: { state: true },
	};

	declare banks: Banks;
	declare readings: Listeners<EngineReading>;
	/** The bank that is shown. */
	declare shown: number;
	readonly #counts = createBankCounts();
	readonly #drawn = createBankCounts();

	protected override listen(): readonly (() => void)[] {
		this.shown = this.banks.shown;
		return [
			this.banks.changes.add((bank) => {
				this.shown = bank;
			}),
			this.readings.add(({ activity }) => {
				countBanks(activity.padState, this.#counts);
				for (let bank = 0; bank < bankNames.length; bank++) this.#showCounts(bank);
			}),
		];
	}

	/** The bank whose button lies at a place of the window; null beside the buttons. */
	bankAt(x: number, y: number): number | null {
		const button = this.shadowRoot?.elementFromPoint(x, y)?.closest("button");
		const bank = button === null || button === undefined ? -1 : this.#buttons.indexOf(button);
		return bank === -1 ? null : bank;
	}

	get #buttons(): readonly HTMLButtonElement[] {
		return [...this.renderRoot.querySelectorAll("button")];
	}

	protected override render(): TemplateResult {
		return html`
			<div class="bar" role="group" aria-label="Banks" @keydown=${this.#move}>
				${bankNames.map(
					(name, bank) => html`
						<button
							class="control bank"
							data-target="bank ${name}"
							title="Bank ${name} (Alt+${bank + 1}); [ and ] go one back and forth"
							aria-label="Bank ${name}"
							aria-pressed=${bank === this.shown}
							tabindex=${bank === this.shown ? 0 : -1}
							@click=${() => this.banks.show(bank)}
						>
							<span class="name">${name}</span>
							<span class="sounding"></span>
							<span class="queued"></span>
						</button>
					`,
				)}
			</div>
		`;
	}

	/** The Tab key stops once; arrows go from bank to bank. */
	readonly #move = (event: KeyboardEvent): void => {
		if (event.ctrlKey || event.altKey || event.metaKey) return;
		const bank = bankAfterKey(event.code, this.shown);
		if (bank === null) return;
		event.preventDefault();
		this.banks.show(bank);
		this.#buttons[bank]?.focus();
	};

	#showCounts(bank: number): void {
		const [sounding, queued] = [this.#counts.sounding[bank]!, this.#counts.queued[bank]!];
		if (sounding === this.#drawn.sounding[bank] && queued === this.#drawn.queued[bank]) return;
		const button = this.#buttons[bank];
		if (button === undefined) return;
		this.#drawn.sounding[bank] = sounding;
		this.#drawn.queued[bank] = queued;
		button.querySelector(".sounding")!.textContent = sounding === 0 ? "" : String(sounding);
		button.querySelector(".queued")!.textContent = queued === 0 ? "" : String(queued);
		button.setAttribute("aria-label", bankLabel(bank, sounding, queued));
	}
}
