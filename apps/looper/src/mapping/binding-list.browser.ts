import { type CSSResultGroup, css, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import type { KeyLabels } from "../input/keyboard-layout.browser.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { type ControllerCoding, controllerCodings } from "../midi/controller-value.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { crossIcon } from "../theme/icons.browser.ts";
import { controlTitle } from "./control.ts";
import { mappingDialogStyles } from "./mapping-dialog-styles.browser.ts";
import { type Binding, withBinding, withoutControl } from "./mapping-document.ts";
import type { MappingStore } from "./mapping-store.ts";
import { targetTitle } from "./target-titles.ts";
import { isValueTarget } from "./targets.ts";

const codingTitles: Readonly<Record<ControllerCoding, string>> = {
	absolute: "Position",
	"absolute-14": "Position, 14 bits",
	"twos-complement": "Endless, two’s complement",
	offset: "Endless, offset 64",
	"sign-magnitude": "Endless, sign and magnitude",
};
/** Controllers from here on carry low bits, or stand alone. */
const firstWithoutLowBits = 32;

/** Everything that is bound: devices first, then keys. */
export class BindingList extends ListeningElement {
	static override styles: CSSResultGroup = [
		controlStyles,
		mappingDialogStyles,
		css`
			:host {
				display: grid;
				gap: 10px;
			}
			ul {
				display: grid;
				margin: 0;
				padding: 0;
				border: 1px solid var(--line);
				border-radius: 10px;
				list-style: none;
			}
			li {
				display: grid;
				grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
				align-items: center;
				gap: 4px 12px;
				padding: 4px 6px 4px 12px;
				font-size: 0.875rem;
			}
			li + li {
				border-top: 1px solid var(--line);
			}
			.what {
				font-weight: 600;
			}
			.from {
				display: grid;
				gap: 4px;
				color: var(--text-quiet);
				overflow-wrap: anywhere;
			}
			@media (width < 560px) {
				li {
					grid-template-columns: minmax(0, 1fr) auto;
				}
				.from {
					grid-row: 2;
				}
				.square {
					grid-column: 2;
					grid-row: 1 / span 2;
				}
			}
		`,
	];
	static override properties: PropertyDeclarations = {
		store: { attribute: false },
		keyLabels: { attribute: false },
	};

	declare store: MappingStore;
	declare keyLabels: KeyLabels;

	protected override listen(): readonly (() => void)[] {
		return [this.store.changes.add(() => this.requestUpdate())];
	}

	protected override render(): TemplateResult {
		const { bindings } = this.store.document;
		const keys = bindings.filter(({ control }) => control.type === "key");
		const others = bindings.filter(({ control }) => control.type !== "key");
		return html`
			<h3>Controllers</h3>
			${
				others.length === 0
					? html`<p>Nothing is bound to a controller. Press Learn, touch what you mean, and press or turn a control.</p>`
					: this.#list("Bindings of controllers", others)
			}
			<h3>Keys</h3>
			${keys.length === 0 ? html`<p>No key is bound.</p>` : this.#list("Bindings of keys", keys)}
		`;
	}

	#list(title: string, bindings: readonly Binding[]): TemplateResult {
		return html`<ul aria-label=${title}>
			${bindings.map((binding) => this.#row(binding))}
		</ul>`;
	}

	#row(binding: Binding): TemplateResult {
		const what = targetTitle(binding.target);
		const from = controlTitle(binding.control, this.keyLabels);
		return html`
			<li>
				<span class="what">${what}</span>
				<span class="from">${from}${this.#codingChoice(binding, what)}</span>
				<button class="control square" aria-label="Delete ${from}: ${what}" @click=${() => this.#delete(binding)}>
					${crossIcon}
				</button>
			</li>
		`;
	}

	#codingChoice({ control, target }: Binding, what: string): TemplateResult | typeof nothing {
		if (control.type !== "controller" || !isValueTarget(target)) return nothing;
		const codings = controllerCodings.filter(
			(coding) => coding !== "absolute-14" || control.controller < firstWithoutLowBits,
		);
		return html`
			<select
				aria-label="Values of the control for ${what}"
				@change=${({ currentTarget }: Event) => {
					if (!(currentTarget instanceof HTMLSelectElement)) return;
					const coding = codings[currentTarget.selectedIndex]!;
					this.store.replace(withBinding(this.store.document, { control: { ...control, coding }, target }));
				}}
			>
				${codings.map((coding) => html`<option ?selected=${coding === control.coding}>${codingTitles[coding]}</option>`)}
			</select>
		`;
	}

	#delete({ control }: Binding): void {
		this.store.replace(withoutControl(this.store.document, control));
	}
}
