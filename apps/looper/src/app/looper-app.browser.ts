import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { fetchDemoSet, loadDemoSet } from "../demo/load-demo.browser.ts";
import { rememberStart, startsWithDemoSet } from "../demo/start-choice.browser.ts";
import { compareNames } from "../drop/file-names.ts";
import { putFiles } from "../drop/put-files.ts";
import { listenToHistoryKeys } from "../history/history-keys.browser.ts";
import { listenToBankKeys } from "../input/bank-keys.browser.ts";
import { listenToKeyboard } from "../input/keyboard.browser.ts";
import { type KeyLabels, positionLabels, readKeyLabels } from "../input/keyboard-layout.browser.ts";
import { listenToReleases } from "../input/releases.browser.ts";
import { placesPerBank } from "../instrument/banks.ts";
import { startFrameLoop } from "../instrument/frame-loop.browser.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { type PadState, padOwner } from "../instrument/pad-state.ts";
import { padCount } from "../instrument/pads.ts";
import { resumeOnGesture } from "../instrument/resume-on-gesture.browser.ts";
import type { ValueProblemEvent } from "../knob/value-problem.browser.ts";
import { padKeyNames } from "../mapping/key-names.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { OutputControl } from "../output/output-control.ts";
import type { PadFilesRequest, PadMenuRequest, PadSettingsRequest } from "../pad/pad-requests.browser.ts";
import { holdBackSecondPress } from "../pad-panel/hold-back-press.browser.ts";
import type { PanelCloseEvent } from "../pad-panel/panel-close.browser.ts";
import { type AppParts, appParts } from "../parts/app-parts.browser.ts";
import { preloadWhenIdle } from "../parts/preload.browser.ts";
import { mayEmpty, mayReplace } from "../sets/may-stop.ts";
import { openPrivateStorage } from "../sets/private-storage.browser.ts";
import { saveOnLeaving } from "../sets/save-on-leaving.browser.ts";
import type { SetFileRequest } from "../sets/set-file-request.browser.ts";
import type { Sets } from "../sets/sets.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { demoIcon, editIcon, emptyIcon, knobIcon, stopIcon } from "../theme/icons.browser.ts";
import { chooseFiles } from "./choose-files.browser.ts";
import { looperAppStyles } from "./looper-app-styles.browser.ts";
import type { Question } from "./question.ts";

/** The hint on an empty grid. Touch screens cannot drop files. */
function emptyHint(): string {
	const canDrop = matchMedia("(any-pointer: fine)").matches;
	const choose = "press a pad to choose audio files, or load the demo set.";
	return canDrop ? `Drop audio files or a folder on the pads, ${choose}` : `P${choose.slice(1)}`;
}

/** The app: its parts around one instrument. */
export class LooperApp extends ListeningElement {
	static override styles: CSSResultGroup = [controlStyles, looperAppStyles];
	static override properties: PropertyDeclarations = {
		instrument: { attribute: false },
		mapping: { attribute: false },
		keyLabels: { state: true },
		sets: { attribute: false },
		output: { attribute: false },
		voiceCount: { attribute: false },
		isEmpty: { state: true },
		isEditing: { state: true },
		isPanelOpen: { state: true },
	};

	declare instrument: Instrument;
	declare mapping: Mapping;
	/** What is printed on keys. */
	declare keyLabels: KeyLabels;
	declare sets: Sets;
	declare output: OutputControl;
	declare voiceCount: number;
	declare isEmpty: boolean;
	declare isEditing: boolean;
	/** Whether the settings of the selected pad are shown. */
	declare isPanelOpen: boolean;
	#parts: AppParts | null = null;

	protected override listen(): readonly (() => void)[] {
		const { pads, banks, sound, selection, history, opening, poller, notices } = this.instrument;
		const { input, store } = this.mapping;
		const parts = appParts(notices);
		this.#parts = parts;
		this.isEmpty = false;
		this.isEditing = false;
		this.isPanelOpen = false;
		this.keyLabels = positionLabels;
		void this.#readKeyLabels();
		void this.#start();
		const tellProblem = ({ text }: ValueProblemEvent): void => void notices.tell("info", text);
		this.addEventListener("value-problem", tellProblem);
		return [
			() => this.removeEventListener("value-problem", tellProblem),
			listenToKeyboard({
				press: (chord, timeMs) => input.pressKey(chord, timeMs),
				stopAll: () => input.perform({ type: "stop-all" }),
				showKeys: () => void this.#showKeys(),
			}),
			listenToBankKeys(banks),
			listenToHistoryKeys(history),
			saveOnLeaving(() => this.sets.saveDraft()),
			holdBackSecondPress(() => this.renderRoot.querySelector("pad-panel")),
			listenToReleases((gesture) => input.perform(gesture)),
			resumeOnGesture(() => sound.resume()),
			startFrameLoop(() => poller.poll()),
			...[parts.mapping, parts.panel, parts.output].map(({ changes }) => changes.add(() => this.requestUpdate())),
			preloadWhenIdle(opening.over, [
				() => this.#preparePanel(parts),
				() => parts.mapping.preload(),
				() => parts.output.preload(),
				() => this.sets.preload(),
			]),
			store.changes.add(() => this.requestUpdate()),
			selection.changes.add(({ pad }) => {
				if (pad === null && !this.isEditing) this.isPanelOpen = false;
			}),
			pads.changes.add(() => {
				this.isEmpty = this.#hasNothing;
				rememberStart(this.isEmpty ? "empty" : "demo");
			}),
		];
	}

	/** Opens the performer's set, or the demo set at the first start. */
	async #start(): Promise<void> {
		const { history, opening, pads } = this.instrument;
		// Its list is asked for while the storage is opened; failures are told when it is needed.
		const demo = !this.sets.remembersSet && startsWithDemoSet() ? fetchDemoSet() : null;
		demo?.catch(() => {});
		const isOpen = await this.sets.start(openPrivateStorage);
		// What was dropped meanwhile stays.
		if (!isOpen && startsWithDemoSet() && this.#hasNothing) await loadDemoSet(this.instrument, demo ?? undefined);
		history.clear();
		this.isEmpty = this.#hasNothing;
		opening.endWith(pads, (milliseconds, action) => void setTimeout(action, milliseconds));
	}

	get #hasNothing(): boolean {
		return this.instrument.pads.states.every(({ sample, load }) => sample === null && load === null);
	}

	protected override render(): TemplateResult {
		const { pads, presses, sound, history, performance, notices, poller, settings, transport } = this.instrument;
		const { selection } = this.instrument;
		const { readings } = poller;
		return html`
			<header>
				<div class="tools">
					<h1><span class="mark"></span><span class="word">Flitzis</span> <span class="light">Looper</span></h1>
					<set-menu @set-file-request=${this.#openSetFile} .sets=${this.sets} .instrument=${this.instrument} .ask=${this.#ask}></set-menu>
					<history-buttons .history=${history}></history-buttons>
					<div class="demo">
						<button class="control" title="Load the demo set onto bank A" @click=${this.#loadDemo}>
							${demoIcon}<span>Demo set</span>
						</button>
						<button class="control" title="Empty the pads of all banks" @click=${this.#clear}>${emptyIcon}<span>Clear</span></button>
						<button
							class="control edit"
							title="Pads show their settings instead of playing; drag a pad to swap it, with Alt to copy it"
							aria-pressed=${this.isEditing}
							@click=${this.#switchEditing}
						>
							${editIcon}<span>Edit</span>
						</button>
						<button class="control" title="Map keys and controllers (? lists all keys)" aria-busy=${this.#parts?.mapping.isAwaited ?? false} @click=${this.#openMapping}>
							${knobIcon}<span>Mapping</span>
						</button>
					</div>
					<performance-button .performance=${performance} .notices=${notices} .readings=${readings}></performance-button>
					<button
						class="control stop"
						data-target="stop-all"
						title="Stop all pads and what waits; once more, the transport (Escape)"
						@click=${() => presses.perform({ type: "stop-all" })}
					>
						${stopIcon}<span>Stop</span>
					</button>
				</div>
				<transport-bar .settings=${settings} .transport=${transport} .readings=${readings}>
					${
						this.instrument.recording === null
							? html`<div></div>`
							: html`<record-controls .instrument=${this.instrument} .ask=${this.#ask}></record-controls>`
					}
				</transport-bar>
			</header>
			<main
				@pad-menu-request=${this.#openMenu}
				@pad-files-request=${this.#chooseFiles}
				@pad-settings-request=${this.#showSettings}
				@set-file-request=${this.#openSetFile}
			>
				<sound-banner .sound=${sound}></sound-banner>
				${this.isEmpty ? html`<p class="hint">${emptyHint()}</p>` : nothing}
				<div class="pads">
					<bank-bar .banks=${this.instrument.banks} .readings=${readings}></bank-bar>
					<pad-grid
						.instrument=${this.instrument}
						.isEditing=${this.isEditing}
						.keyNames=${padKeyNames(this.mapping.store.document, this.keyLabels)}
					></pad-grid>
				</div>
				<pad-menu
					.history=${history}
					.pads=${pads}
					.presses=${presses}
					.selection=${selection}
				></pad-menu>
			</main>
			${this.#panel()}
			<footer @show-output=${this.#openOutput}>
				<status-line
					.readings=${readings}
					.output=${this.output}
					.isOutputAwaited=${this.#parts?.output.isAwaited ?? false}
					.voiceCount=${this.voiceCount}
				></status-line>
			</footer>
			<notice-list .notices=${notices}></notice-list>
			<live-region .instrument=${this.instrument}></live-region>
			${this.#mappingElements()}
			${this.#parts?.output.isHere ? html`<output-dialog .output=${this.output}></output-dialog>` : nothing}
			<confirm-dialog></confirm-dialog>
		`;
	}

	#panel(): TemplateResult | typeof nothing {
		const { pads, selection, settings, padActions, waveforms, poller } = this.instrument;
		if (this.#parts?.panel.isAwaited) return html`<p class="hint" role="status">The panel is being loaded…</p>`;
		if (!this.#parts?.panel.isHere) return nothing;
		return html`<pad-panel
			.isOpen=${this.isPanelOpen}
			.pads=${pads}
			.selection=${selection}
			.settings=${settings}
			.actions=${padActions}
			.waveforms=${waveforms}
			.analyses=${this.instrument.analyses}
			.readings=${poller.readings}
			@pad-menu-request=${this.#openMenu}
			@panel-close=${this.#leavePanel}
		></pad-panel>`;
	}

	#mappingElements(): TemplateResult | typeof nothing {
		if (!this.#parts?.mapping.isHere) return nothing;
		return html`
			<learn-bar .mapping=${this.mapping} .keyLabels=${this.keyLabels}></learn-bar>
			<mapping-dialog
				.mapping=${this.mapping}
				.keyLabels=${this.keyLabels}
				.ask=${this.#ask}
				@show-keys=${this.#showKeys}
			></mapping-dialog>
			<shortcut-sheet .store=${this.mapping.store} .keyLabels=${this.keyLabels}></shortcut-sheet>
		`;
	}

	async #readKeyLabels(): Promise<void> {
		this.keyLabels = await readKeyLabels();
	}

	async #preparePanel({ panel }: AppParts): Promise<void> {
		await panel.preload();
		await this.updateComplete;
		this.renderRoot.querySelector("pad-panel")?.prepare();
	}

	readonly #openMapping = async (): Promise<void> => (await this.#mappingElement("mapping-dialog"))?.open();

	readonly #showKeys = async (): Promise<void> => (await this.#mappingElement("shortcut-sheet"))?.open();

	readonly #openOutput = async (): Promise<void> => {
		await this.#parts?.output.get();
		await this.updateComplete;
		const dialog = this.renderRoot.querySelector("output-dialog");
		await dialog?.updateComplete;
		dialog?.open();
	};

	/** An element of the mapping, loaded if it is not here yet. @returns null, and the performer is told, when that fails */
	async #mappingElement<Name extends "mapping-dialog" | "shortcut-sheet">(
		name: Name,
	): Promise<HTMLElementTagNameMap[Name] | null> {
		await this.#parts?.mapping.get();
		await this.updateComplete;
		const element = this.renderRoot.querySelector(name);
		await element?.updateComplete;
		return element;
	}

	readonly #ask = async (question: Question): Promise<boolean> =>
		(await this.renderRoot.querySelector("confirm-dialog")?.ask(question)) ?? false;

	readonly #switchEditing = (): void => {
		this.isEditing = !this.isEditing;
		if (!(this.isEditing || this.isPanelOpen)) this.instrument.selection.endSeveral();
	};

	/** The panel of one of several selected pads edits them all. */
	readonly #showSettings = async ({ pad }: PadSettingsRequest): Promise<void> => {
		const { selection } = this.instrument;
		if (!selection.pads.has(pad)) selection.select(pad);
		this.isPanelOpen = true;
		await this.#parts?.panel.get();
		await this.updateComplete;
		const panel = this.renderRoot.querySelector("pad-panel");
		await panel?.updateComplete;
		panel?.focus();
		this.renderRoot.querySelector("pad-grid")?.scrollToPad(pad);
	};

	readonly #leavePanel = ({ pad }: PanelCloseEvent): void => {
		this.isPanelOpen = false;
		this.instrument.selection.endSeveral();
		void this.renderRoot.querySelector("pad-grid")?.focusPad(pad);
	};

	readonly #openMenu = ({ pad, anchor }: PadMenuRequest): void => {
		const grid = this.renderRoot.querySelector("pad-grid");
		void this.renderRoot.querySelector("pad-menu")?.open(pad, anchor, () => void grid?.focusPad(pad));
	};

	readonly #chooseFiles = async ({ pad }: PadFilesRequest): Promise<void> => {
		const isFilled = this.instrument.pads.states[pad]?.sample !== null;
		const files = await chooseFiles({ multiple: !isFilled });
		if (files.length === 0) return;
		putFiles(
			this.instrument,
			files.toSorted((first, second) => compareNames(first.name, second.name)),
			{ pad, bank: this.instrument.banks.shown },
		);
	};

	readonly #openSetFile = async ({ file }: SetFileRequest): Promise<void> => {
		const { sets, instrument } = this;
		if (sets.obstacle === null || (await mayReplace({ sets, instrument, ask: this.#ask }, "Open the set")))
			await sets.importSet(file, file.name);
	};

	readonly #loadDemo = async (): Promise<void> => {
		const { pads, presses } = this.instrument;
		const hasOwn = isOwned(pads.states.slice(0, placesPerBank));
		const text = hasOwn
			? "The demo set replaces the sounds you have put on the pads of bank A. Undo brings them back."
			: "The demo set is loaded onto bank A while pads play. Undo brings back what is there.";
		if ((!hasOwn && presses.isQuiet) || (await this.#ask({ text, consent: "Load the demo set" })))
			await loadDemoSet(this.instrument);
	};

	readonly #clear = async (): Promise<void> => {
		const { sets, instrument } = this;
		const { history, pads } = instrument;
		if (!(await mayEmpty({ sets, instrument, ask: this.#ask }))) return;
		history.group("All pads cleared", () => {
			for (let pad = 0; pad < padCount; pad++) pads.empty(pad);
		});
	};
}

/** Whether the performer has put sounds on pads. */
function isOwned(pads: readonly PadState[]): boolean {
	return pads.some((pad) => padOwner(pad) === "performer");
}
