import { type CSSResultGroup, html, type PropertyDeclarations, type TemplateResult } from "lit";
import { BankBar } from "../bank-bar/bank-bar.browser.ts";
import { FileDrop } from "../drop/file-drop.browser.ts";
import { carryActionForKey } from "../input/carry-keys.ts";
import { bankNames, placesPerBank } from "../instrument/banks.ts";
import { Carry } from "../instrument/carry.ts";
import type { EngineReading } from "../instrument/engine-poller.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { LooperPad } from "../pad/looper-pad.browser.ts";
import { PadMotion } from "../pad/pad-motion.browser.ts";
import { padMotionStyles } from "../pad/pad-motion-styles.browser.ts";
import { SetFileRequest } from "../sets/set-file-request.browser.ts";
import { carryText } from "./carry-text.ts";
import { padAfterKey } from "./pad-after-key.ts";
import { PadDrag } from "./pad-drag.browser.ts";
import { padGridStyles } from "./pad-grid-styles.browser.ts";

const places = Array.from({ length: placesPerBank }, (_, place) => place);

/** One place for each pad, in a grid like theirs. */
const motion: TemplateResult = html`
	<div class="grid motion" aria-hidden="true">
		${places.map(
			() => html`
				<div class="mover">
					<span class="edge top"></span>
					<span class="edge right"></span>
					<span class="edge bottom"></span>
					<span class="edge left"></span>
					<span class="level"></span>
				</div>
			`,
		)}
	</div>
`;

/** The pads of one bank at a time, always in the same 32 elements. Accepts files dropped anywhere on the page. */
export class PadGrid extends ListeningElement {
	static override styles: CSSResultGroup = [padGridStyles, padMotionStyles];
	static override properties: PropertyDeclarations = {
		instrument: { attribute: false },
		isEditing: { attribute: false },
		keyNames: { attribute: false },
		tabStop: { state: true },
		bank: { state: true },
	};

	declare instrument: Instrument;
	/** Whether a press on a pad selects it and opens its menu, and pads can be dragged. */
	declare isEditing: boolean;
	/** The key of each pad as it is printed; "" where none plays it. */
	declare keyNames: readonly string[];
	/** The place that last had the focus. */
	declare tabStop: number;
	/** The bank that is shown. */
	declare bank: number;
	#faces: readonly LooperPad[] = [];
	#motions: readonly PadMotion[] = [];
	#carry: Carry | null = null;
	#drag: PadDrag | null = null;
	#tempo = 0;
	#reading: EngineReading | null = null;

	constructor() {
		super();
		this.keyNames = [];
		this.tabStop = 0;
		this.bank = 0;
	}

	protected override listen(): readonly (() => void)[] {
		const { pads, banks, presses, selection, news, poller } = this.instrument;
		const drop = new FileDrop(
			this.instrument,
			(targets) => this.#mark("drop-target", targets),
			(file) => this.dispatchEvent(new SetFileRequest(file)),
		);
		const carry = new Carry(pads);
		this.#carry = carry;
		this.#drag = new PadDrag(carry, {
			padAt: ({ clientX, clientY }) => this.#padAt(clientX, clientY),
			drag: ({ clientX, clientY }, target) => this.#showDrag(clientX, clientY, target),
			end: () => this.#mark("carry-target", []),
		});
		this.bank = banks.shown;
		window.addEventListener("keydown", this.#letGo, true);
		return [
			() => window.removeEventListener("keydown", this.#letGo, true),
			poller.readings.add((reading) => this.#show(reading)),
			presses.pressed.add((pad) => {
				if (this.#reading !== null) this.#faceOf(pad)?.showPress(this.#reading);
			}),
			news.turns.add(({ pad, isChoked }) => {
				if (isChoked && this.#reading !== null) this.#faceOf(pad)?.showChoked(this.#reading);
			}),
			banks.changes.add((bank) => {
				this.bank = bank;
			}),
			selection.changes.add(() => this.requestUpdate()),
			carry.changes.add((held) => this.#mark("carried", held === null ? [] : [held.pad])),
			drop.listen(),
		];
	}

	/** Scrolls a pad into sight that lies under the open panel. */
	scrollToPad(pad: number): void {
		this.#faceOf(pad)?.scrollIntoView({ block: "nearest" });
	}

	/** Shows a pad's bank and moves the focus to the pad. */
	async focusPad(pad: number): Promise<void> {
		this.instrument.banks.show(Math.floor(pad / placesPerBank));
		await this.updateComplete;
		this.#faceOf(pad)?.focus();
	}

	protected override render(): TemplateResult {
		const { pads, padActions, presses, selection, waveforms } = this.instrument;
		return html`
			<div
				class="grid"
				role="group"
				aria-label="Pads of bank ${bankNames[this.bank]}"
				@focusin=${this.#follow}
				@keydown=${this.#pressKey}
				@pointerdown=${this.#press}
				@pointermove=${this.#move}
				@pointerup=${(event: PointerEvent) => this.#drag?.release(event)}
				@pointercancel=${() => this.#drag?.cancel()}
			>
				${places.map((place) => {
					const pad = this.bank * placesPerBank + place;
					return html`
						<looper-pad
							class="row-${Math.floor(place / 8)}"
							.pads=${pads}
							.presses=${presses}
							.rolls=${padActions.rolls}
							.selection=${selection}
							.waveforms=${waveforms}
							.index=${pad}
							.keyName=${this.keyNames[place] ?? ""}
							.isTabStop=${place === this.tabStop}
							.isEditing=${this.isEditing}
							.isSelected=${selection.pads.has(pad)}
						></looper-pad>
					`;
				})}
			</div>
			${motion}
		`;
	}

	protected override firstUpdated(): void {
		this.#faces = [...this.renderRoot.querySelectorAll("looper-pad")];
		this.#motions = [...this.renderRoot.querySelectorAll<HTMLElement>(".mover")].map((mover) => new PadMotion(mover));
	}

	protected override updated(changed: Map<PropertyKey, unknown>): void {
		if (!changed.has("bank")) return;
		const held = this.#carry?.held ?? null;
		this.#mark("carried", held === null ? [] : [held.pad]);
	}

	#show(reading: EngineReading): void {
		this.#reading = reading;
		const { tempo } = reading.activity;
		if (tempo !== this.#tempo && tempo > 0) {
			this.#tempo = tempo;
			this.style.setProperty("--beat-seconds", `${60 / tempo}s`);
		}
		for (let place = 0; place < this.#faces.length; place++) {
			const face = this.#faces[place]!;
			const isBright = face.showReading(reading);
			this.#motions[place]!.show(reading, face.index, face.sound, isBright);
		}
	}

	/** The element that shows a pad; none while another bank is shown. */
	#faceOf(pad: number): LooperPad | undefined {
		return this.#faces.find((face) => face.index === pad);
	}

	#mark(attribute: "drop-target" | "carry-target" | "carried", pads: readonly number[]): void {
		for (const face of this.#faces) face.toggleAttribute(attribute, pads.includes(face.index));
	}

	#padAt(x: number, y: number): number | null {
		const face = this.shadowRoot?.elementFromPoint(x, y);
		return face instanceof LooperPad ? face.index : null;
	}

	/** A pad that is dragged over the button of a bank is to be dropped there. */
	#showDrag(x: number, y: number, target: number | null): void {
		this.#mark("carry-target", target === null ? [] : [target]);
		const root = this.getRootNode();
		const bar = root instanceof ShadowRoot ? root.elementFromPoint(x, y) : null;
		if (bar instanceof BankBar) this.instrument.banks.show(bar.bankAt(x, y) ?? this.bank);
	}

	readonly #follow = ({ target }: FocusEvent): void => {
		if (target instanceof LooperPad) this.tabStop = target.index % placesPerBank;
	};

	readonly #press = (event: PointerEvent): void => {
		if (this.isEditing && event.target instanceof LooperPad) this.#drag?.press(event, event.target.index);
	};

	readonly #move = (event: PointerEvent): void => {
		if (event.currentTarget instanceof Element) this.#drag?.move(event, event.currentTarget);
	};

	readonly #pressKey = (event: KeyboardEvent): void => {
		const { target, currentTarget } = event;
		if (!(target instanceof LooperPad && currentTarget instanceof HTMLElement)) return;
		if (this.#carryByKey(event, target.index) || event.ctrlKey || event.altKey || event.metaKey) return;
		const columns = getComputedStyle(currentTarget).gridTemplateColumns.split(" ").length;
		const place = padAfterKey(event.code, target.index % placesPerBank, { columns, pads: placesPerBank });
		if (place === null) return;
		event.preventDefault();
		this.#faces[place]?.focus();
	};

	#carryByKey(event: KeyboardEvent, pad: number): boolean {
		const action = carryActionForKey(event);
		const carry = this.#carry;
		if (action === null || action === "let-go" || carry === null) return false;
		event.preventDefault();
		const { notices, pads } = this.instrument;
		if (action !== "drop") {
			const isHeld = carry.pickUp(pad, action);
			notices.tell("info", isHeld ? carryText(action, pads.states[pad]!) : "An empty pad cannot be picked up.");
		} else if (carry.held === null) notices.tell("info", "Pick a pad up first: Ctrl+X to swap it, Ctrl+C to copy it.");
		else carry.dropOn(pad);
		return true;
	}

	/** While a pad is carried, Escape lets it go and stops nothing. */
	readonly #letGo = (event: KeyboardEvent): void => {
		if (this.#carry?.held == null || carryActionForKey(event) !== "let-go") return;
		event.preventDefault();
		event.stopPropagation();
		this.#carry.letGo();
		this.#mark("carry-target", []);
	};
}
