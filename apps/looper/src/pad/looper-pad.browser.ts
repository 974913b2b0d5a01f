import type { SampleInfo } from "flitzis-looper";
import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { keyVelocity } from "../input/keyboard.ts";
import { gestureForPointer } from "../input/pointer.ts";
import { placesPerBank } from "../instrument/banks.ts";
import type { EngineReading } from "../instrument/engine-poller.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { emptyPad, type PadState } from "../instrument/pad-state.ts";
import type { Pads } from "../instrument/pads.ts";
import type { Presses } from "../instrument/presses.ts";
import type { Selection } from "../instrument/selection.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { dotsIcon, plusIcon } from "../theme/icons.browser.ts";
import type { Waveforms } from "../waveform/waveforms.ts";
import { sureKey, wheelPlace } from "./key-wheel.ts";
import { lengthFace, marksFace } from "./pad-face.browser.ts";
import { padFaceStyles } from "./pad-face-styles.browser.ts";
import { PadLights } from "./pad-lights.browser.ts";
import { loadFace } from "./pad-load-face.browser.ts";
import { PadProgress } from "./pad-progress.browser.ts";
import { type PlayedSound, playedSound } from "./pad-region.ts";
import { PadFilesRequest, PadMenuRequest, PadSettingsRequest } from "./pad-requests.browser.ts";
import { padSignStyles } from "./pad-sign-styles.browser.ts";
import { padStyles } from "./pad-styles.browser.ts";
import { padHint, padLabel, padTitle } from "./pad-text.ts";
import { PadWave } from "./pad-wave.browser.ts";
import { smallPadStyles } from "./small-pad-styles.browser.ts";

/** One pad: its sound, its load and its lights. It can show any pad, one after the other. */
export class LooperPad extends ListeningElement {
	static override styles: CSSResultGroup = [controlStyles, padFaceStyles, padStyles, padSignStyles, smallPadStyles];
	static override properties: PropertyDeclarations = {
		pads: { attribute: false },
		presses: { attribute: false },
		rolls: { attribute: false },
		selection: { attribute: false },
		waveforms: { attribute: false },
		index: { type: Number, reflect: true },
		keyName: { attribute: false },
		isTabStop: { attribute: false },
		isEditing: { type: Boolean, attribute: "editing", reflect: true },
		isSelected: { type: Boolean, attribute: "selected", reflect: true },
	};

	declare pads: Pads;
	declare presses: Presses;
	/** The pads that roll, with the lengths of their rolls. */
	declare rolls: ReadonlyMap<number, number>;
	declare selection: Selection;
	declare waveforms: Waveforms;
	/** The pad that is shown. */
	declare index: number;
	declare keyName: string;
	/** Whether the Tab key stops here; one pad at a time is a tab stop. */
	declare isTabStop: boolean;
	/** Whether a press selects the pad and shows its settings instead of playing it. */
	declare isEditing: boolean;
	declare isSelected: boolean;
	#lights: PadLights | null = null;
	#wave: PadWave | null = null;
	#progress: PadProgress | null = null;
	readonly #resizes: ResizeObserver = new ResizeObserver((entries) => {
		const { width, height } = entries.at(-1)!.contentRect;
		this.#wave?.resize(width, height);
		this.#drawWave();
	});
	#sound: PlayedSound | null = null;
	/** Whether the last press ended what an emptied pad still played: the click that follows it chooses no files. */
	#hasEndedSound = false;
	/** Whether the last press came from a finger or a pen. */
	#isTouched = false;

	protected override listen(): readonly (() => void)[] {
		if (this.hasUpdated) this.#observePicture();
		return [
			() => this.#resizes.disconnect(),
			this.pads.changes.add((pad) => {
				if (pad === this.index) this.#followPad();
			}),
		];
	}

	/** The part of its sample that the pad plays; null while it has none. */
	get sound(): PlayedSound | null {
		return this.#sound;
	}

	/** Shows what the pad is doing. Called once per frame; does not render. @returns whether it has the bright colour of a pad that plays */
	showReading(reading: EngineReading): boolean {
		return this.#lights?.show(reading, this.index, this.rolls.get(this.index) ?? 0) ?? false;
	}

	/** Shows for a moment that another pad has choked this one. */
	showChoked(reading: EngineReading): void {
		this.#lights?.showPassing("choked", reading);
	}

	/** Flashes before the sound is heard, unless the press stops a loop; a pad that refuses presses says so. */
	showPress(reading: EngineReading): void {
		const isPlaying = this.hasAttribute("playing");
		const { loop, isTriggerMuted } = this.#state.settings;
		if (isPlaying && loop) return;
		if (isTriggerMuted) this.#lights?.showPassing("refused", reading);
		else this.#lights?.flash();
	}

	override focus(options?: FocusOptions): void {
		this.#surface.focus(options);
	}

	get #state(): PadState {
		return this.pads.states[this.index] ?? emptyPad;
	}

	/** Whether a press does something: an emptied pad may still sound. */
	get #canPlay(): boolean {
		return this.#state.sample !== null || this.hasAttribute("playing");
	}

	get #info(): SampleInfo | null {
		return this.#state.sample === null ? null : this.pads.sampleInfo(this.index);
	}

	get #picture(): SVGSVGElement {
		return this.renderRoot.querySelector<SVGSVGElement>(".wave")!;
	}

	get #surface(): HTMLElement {
		return this.renderRoot.querySelector<HTMLElement>(".surface")!;
	}

	protected override render(): TemplateResult {
		const { sample, load, settings } = this.#state;
		const isEmpty = sample === null && load === null;
		const isLoading = load !== null && load.phase !== "failed";
		const phase = load?.phase ?? (isEmpty ? "empty" : "ready");
		const isSilenced = sample !== null && (settings.isMuted || settings.isTriggerMuted);
		return html`
			<div class="pad ${phase} ${sample === null ? "silent" : "playable"} ${isSilenced ? "muted" : ""}">
				<svg class="wave" aria-hidden="true"><path /></svg>
				<span class="flash"></span>
				<span class="blink"></span>
				<button
					class="surface"
					data-target="press place ${(this.index % placesPerBank) + 1}"
					aria-label=${padLabel(this.#state, this.index, this.keyName)}
					aria-describedby="sign held"
					aria-busy=${isLoading ? "true" : "false"}
					aria-pressed=${this.isEditing ? this.isSelected : nothing}
					title=${padHint(this.#state) ?? nothing}
					tabindex=${this.isTabStop ? 0 : -1}
					@pointerdown=${this.#press}
					@keydown=${this.#pressKey}
					@keyup=${this.#holdBackClick}
					@click=${this.#click}
					@contextmenu=${this.#openContextMenu}
				></button>
				<div class="face">
					<div class="head">
						${this.keyName === "" ? nothing : html`<kbd class="key">${this.keyName}</kbd>`}
						${marksFace(this.#state)}
					</div>
					${isEmpty ? html`<span class="plus">${plusIcon}</span>` : html`<div class="title">${padTitle(this.#state)}</div>`}
					${load === null ? nothing : loadFace(load, { retry: this.#retry, dismiss: this.#dismiss })}
					<div class="foot">
						${load === null ? lengthFace(this.#state, this.#info) : nothing}
						<span class="held" id="held"></span>
						<span class="sign" id="sign"
							><span class="shape"></span><span class="word"></span> <span class="count"></span
						></span>
					</div>
				</div>
				<button
					class="menu"
					aria-label="Menu of pad ${this.index + 1}"
					aria-haspopup="dialog"
					tabindex=${this.isTabStop ? 0 : -1}
					@click=${this.#requestMenu}
				>
					${dotsIcon}
				</button>
			</div>
		`;
	}

	protected override firstUpdated(): void {
		this.#lights = new PadLights(this, this.renderRoot);
		this.#wave = new PadWave(this.#picture);
		this.#progress = new PadProgress(this.renderRoot);
		this.#observePicture();
	}

	protected override updated(changed: Map<PropertyKey, unknown>): void {
		if (changed.has("index")) this.#lights?.forgetPassing();
		const { sample, load, settings, analysis } = this.#state;
		const info = this.#info;
		const key = sureKey(analysis);
		if (key !== null) this.style.setProperty("--key-hue", String(30 * wheelPlace(key).number));
		this.#sound = info === null ? null : playedSound(settings, info);
		this.#progress?.rendered(this.#state);
		// The content security policy forbids style attributes, so set styles through the object model.
		const color = load?.wanted.color ?? sample?.color ?? null;
		if (color === null) this.style.removeProperty("--accent");
		else this.style.setProperty("--accent", color);
		this.#drawWave();
	}

	#observePicture(): void {
		this.#resizes.observe(this.#picture);
	}

	/** A load that makes progress does not render. */
	#followPad(): void {
		if (this.isUpdatePending || this.#progress?.follow(this.#state) !== true) this.requestUpdate();
	}

	#drawWave(): void {
		const sound = this.#sound;
		const peaks = this.waveforms.of(this.index);
		this.#wave?.draw(sound === null || peaks === null ? null : { peaks, region: sound.region });
	}

	readonly #press = (event: PointerEvent): void => {
		this.#isTouched = event.pointerType !== "mouse" && event.button === 0;
		this.#hasEndedSound = this.#state.sample === null && this.#canPlay;
		if (this.isEditing || !this.#canPlay) return;
		const surface = this.#surface;
		const gesture = gestureForPointer(event, this.index, surface.getBoundingClientRect());
		if (gesture === null) return;
		surface.setPointerCapture(event.pointerId);
		this.presses.perform(gesture);
	};

	readonly #pressKey = (event: KeyboardEvent): void => {
		this.#isTouched = false;
		if (event.code !== "Enter" && event.code !== "Space") return;
		if (this.isEditing) {
			event.preventDefault();
			if (!event.repeat) this.#edit(event);
			return;
		}
		if (event.ctrlKey || event.altKey || event.metaKey || !this.#canPlay) return;
		// The native click repeats while Enter is held, and for Space it comes only on release.
		event.preventDefault();
		if (event.repeat) return;
		if (event.shiftKey) this.presses.perform({ type: "stop", pad: this.index });
		else this.#pressBy(event.code);
	};

	readonly #holdBackClick = (event: KeyboardEvent): void => {
		if (event.code === "Space" && (this.isEditing || this.#canPlay)) event.preventDefault();
	};

	readonly #click = (event: MouseEvent): void => {
		const { sample, load } = this.#state;
		if (this.isEditing) {
			this.#edit(event);
			return;
		}
		if (sample === null) {
			const isFree = load === null || load.phase === "failed";
			if (load?.phase === "failed") this.#pressBy("click");
			if (isFree && !this.#hasEndedSound) this.dispatchEvent(new PadFilesRequest(this.index));
			this.#hasEndedSound = false;
			return;
		}
		// Assistive technology clicks without a pointer, and with a click count of 0.
		const isPointerless = event.detail === 0 && !(event instanceof PointerEvent && event.pointerType !== "");
		if (!isPointerless) return;
		this.#pressBy("click");
		this.presses.perform({ type: "release", holder: "click" });
	};

	#edit({ ctrlKey, metaKey, shiftKey }: KeyboardEvent | MouseEvent): void {
		if (ctrlKey || metaKey) this.selection.toggle(this.index);
		else if (shiftKey) this.selection.extendTo(this.index);
		else this.dispatchEvent(new PadSettingsRequest(this.index));
	}

	#pressBy(holder: string): void {
		this.presses.perform({ type: "press", pad: this.index, velocity: keyVelocity, holder });
	}

	readonly #openContextMenu = (event: Event): void => {
		event.preventDefault();
		// Some systems turn a long touch into a right click; on a pad it holds the sound.
		if (this.isEditing || !this.#isTouched) this.#requestMenu();
	};

	/** The menu of one of several selected pads is that of them all. */
	readonly #requestMenu = (): void => {
		if (!this.selection.pads.has(this.index)) this.selection.select(this.index);
		this.dispatchEvent(new PadMenuRequest(this.index, this.getBoundingClientRect()));
	};

	readonly #retry = (): void => this.pads.retry(this.index);

	readonly #dismiss = (): void => this.pads.dismissLoad(this.index);
}
