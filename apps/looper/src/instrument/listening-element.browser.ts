import { LitElement } from "lit";

/** An element with listeners, which it removes when it leaves the page. */
export abstract class ListeningElement extends LitElement {
	#ends: readonly (() => void)[] = [];

	/** Adds the listeners. @returns functions that remove them */
	protected abstract listen(): readonly (() => void)[];

	override connectedCallback(): void {
		super.connectedCallback();
		this.#ends = this.listen();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		for (const end of this.#ends) end();
	}
}
