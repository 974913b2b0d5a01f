import { type CSSResultGroup, html, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Instrument } from "../instrument/instrument.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { padTitle } from "../pad/pad-text.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { Announcements } from "./announcements.ts";

/** Tells assistive technology what is queued, has started and has failed. */
export class LiveRegion extends ListeningElement {
	static override styles: CSSResultGroup = controlStyles;
	static override properties: PropertyDeclarations = { instrument: { attribute: false } };

	declare instrument: Instrument;
	readonly #announcements = new Announcements();
	readonly #failed = new Set<number>();

	protected override listen(): readonly (() => void)[] {
		const { pads, news, poller } = this.instrument;
		return [
			news.turns.add(({ pad, state, before }) => {
				if (state === "queued") this.#announcements.add("queued", this.#nameOf(pad));
				if (state === "playing" && before !== "stopping") this.#announcements.add("started", this.#nameOf(pad));
			}),
			pads.changes.add((pad) => {
				const hasFailed = pads.states[pad]?.load?.phase === "failed";
				if (hasFailed && !this.#failed.has(pad)) this.#announcements.add("failed", this.#nameOf(pad));
				if (hasFailed) this.#failed.add(pad);
				else this.#failed.delete(pad);
			}),
			poller.readings.add(() => {
				const text = this.#announcements.next(performance.now());
				if (text !== null) this.renderRoot.querySelector(".region")!.textContent = text;
			}),
		];
	}

	#nameOf(pad: number): string {
		const title = padTitle(this.instrument.pads.states[pad]!);
		return title === "" ? `Pad ${pad + 1}` : title;
	}

	protected override render(): TemplateResult {
		return html`<div class="region visually-hidden" role="status" aria-live="polite"></div>`;
	}
}
