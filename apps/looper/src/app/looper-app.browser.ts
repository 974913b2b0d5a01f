import { type CSSResultGroup, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { compareNames } from "../drop/file-names.ts";
import { putFiles } from "../drop/put-files.ts";
import { listenToKeyboard } from "../input/keyboard.browser.ts";
import { startFrameLoop } from "../instrument/frame-loop.browser.ts";
import { type Instrument, padCount } from "../instrument/instrument.ts";
import { emptyPad, padOwner } from "../instrument/pad-state.ts";
import { resumeOnGesture } from "../instrument/resume-on-gesture.browser.ts";
import { loadDemoKit } from "../kit/load-kit.browser.ts";
import { rememberStart, startsWithDemoKit } from "../kit/start-choice.browser.ts";
import type { PadFilesRequest, PadMenuRequest } from "../pad/pad-requests.browser.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { editIcon, emptyIcon, kitIcon, stopIcon } from "../theme/icons.browser.ts";
import { chooseFiles } from "./choose-files.browser.ts";
import { looperAppStyles } from "./looper-app-styles.browser.ts";

/** Nothing can be dropped with a finger. */
function emptyHint(): string {
	const canDrop = matchMedia("(any-pointer: fine)").matches;
	const choose = "press a pad to choose audio files, or load the demo kit.";
	return canDrop ? `Drop audio files or a folder on the pads, ${choose}` : `P${choose.slice(1)}`;
}

/** The app: its parts around one instrument. */
export class LooperApp extends LitElement {
	static override styles: CSSResultGroup = [controlStyles, looperAppStyles];
	static override properties: PropertyDeclarations = {
		instrument: { attribute: false },
		voiceCount: { attribute: false },
		isEmpty: { state: true },
		isEditing: { state: true },
	};

	declare instrument: Instrument;
	declare voiceCount: number;
	declare isEmpty: boolean;
	declare isEditing: boolean;
	#ends: (() => void)[] = [];

	override connectedCallback(): void {
		super.connectedCallback();
		const { instrument } = this;
		this.isEmpty = !startsWithDemoKit();
		this.isEditing = false;
		this.#ends = [
			listenToKeyboard((gesture) => instrument.perform(gesture)),
			resumeOnGesture(() => instrument.resume()),
			startFrameLoop(() => instrument.poll()),
			instrument.padChanges.add(() => {
				this.isEmpty = instrument.pads.every((pad) => pad === emptyPad);
				rememberStart(this.isEmpty ? "empty" : "kit");
			}),
		];
		if (!this.isEmpty) void loadDemoKit(instrument);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		for (const end of this.#ends) end();
	}

	protected override render(): TemplateResult {
		const { instrument } = this;
		return html`
			<header>
				<h1><span class="mark"></span><span class="word">Flitzis</span> <span class="light">Looper</span></h1>
				<div class="kit">
					<button class="control" title="Load the demo kit onto all pads" @click=${this.#loadKit}>
						${kitIcon}<span>Demo kit</span>
					</button>
					<button class="control" title="Empty all pads" @click=${this.#clear}>${emptyIcon}<span>Clear</span></button>
					<button
						class="control edit"
						title="Pads open their menus instead of playing"
						aria-pressed=${this.isEditing}
						@click=${this.#switchEditing}
					>
						${editIcon}<span>Edit</span>
					</button>
				</div>
				<master-strip .instrument=${instrument}></master-strip>
				<record-button .instrument=${instrument}></record-button>
				<button
					class="control stop"
					title="Stop everything (Escape)"
					@click=${() => instrument.perform({ type: "stop-all" })}
				>
					${stopIcon}<span>Stop</span>
				</button>
			</header>
			<main @pad-menu-request=${this.#openMenu} @pad-files-request=${this.#chooseFiles}>
				<sound-banner .instrument=${instrument}></sound-banner>
				${this.isEmpty ? html`<p class="hint">${emptyHint()}</p>` : nothing}
				<pad-grid .instrument=${instrument} .isEditing=${this.isEditing}></pad-grid>
				<pad-menu .instrument=${instrument}></pad-menu>
			</main>
			<footer><status-line .instrument=${instrument} .voiceCount=${this.voiceCount}></status-line></footer>
			<notice-list .instrument=${instrument}></notice-list>
			<confirm-dialog></confirm-dialog>
		`;
	}

	readonly #switchEditing = (): void => {
		this.isEditing = !this.isEditing;
	};

	readonly #openMenu = ({ pad, anchor }: PadMenuRequest): void => {
		const grid = this.renderRoot.querySelector("pad-grid");
		void this.renderRoot.querySelector("pad-menu")?.open(pad, anchor, () => grid?.focusPad(pad));
	};

	readonly #chooseFiles = async ({ pad }: PadFilesRequest): Promise<void> => {
		const isFilled = this.instrument.pads[pad]?.sample !== null;
		const files = await chooseFiles({ multiple: !isFilled });
		if (files.length === 0) return;
		putFiles(
			this.instrument,
			files.toSorted((first, second) => compareNames(first.name, second.name)),
			pad,
		);
	};

	readonly #loadKit = async (): Promise<void> => {
		const text = "The demo kit replaces the sounds you have put on the pads.";
		if (await this.#consents(text, "Load the demo kit")) await loadDemoKit(this.instrument);
	};

	readonly #clear = async (): Promise<void> => {
		if (!(await this.#consents("All sounds you have put on the pads are removed.", "Clear all pads"))) return;
		for (let pad = 0; pad < padCount; pad++) this.instrument.empty(pad);
	};

	/** Asks only where the performer has something to lose. */
	async #consents(text: string, consent: string): Promise<boolean> {
		if (!this.instrument.pads.some((pad) => padOwner(pad) === "performer")) return true;
		return (await this.renderRoot.querySelector("confirm-dialog")?.ask({ text, consent })) ?? false;
	}
}
