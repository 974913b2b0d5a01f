import type { SlotActivity } from "flitzis-looper";
import { type CSSResultGroup, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { keyVelocity } from "../input/keyboard.ts";
import { gestureForPointer } from "../input/pointer.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { emptyPad, type PadState } from "../instrument/pad-state.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { dotsIcon, loopIcon, plusIcon, warningIcon } from "../theme/icons.browser.ts";
import { padFaceStyles } from "./pad-face-styles.browser.ts";
import { loadFace } from "./pad-load-face.browser.ts";
import { PadFilesRequest, PadMenuRequest } from "./pad-requests.browser.ts";
import { padStyles } from "./pad-styles.browser.ts";
import { formatDuration, padHint, padLabel, padTitle, wholePercent } from "./pad-text.ts";
import { smallPadStyles } from "./small-pad-styles.browser.ts";

/** One pad: its sound, its load, its light. */
export class LooperPad extends LitElement {
	static override styles: CSSResultGroup = [controlStyles, padFaceStyles, padStyles, smallPadStyles];
	static override properties: PropertyDeclarations = {
		instrument: { attribute: false },
		index: { type: Number, reflect: true },
		keyName: { attribute: false },
		isTabStop: { attribute: false },
		isEditing: { type: Boolean, attribute: "editing", reflect: true },
	};

	declare instrument: Instrument;
	declare index: number;
	declare keyName: string;
	/** Whether the tab key stops here; it does on one pad at a time. */
	declare isTabStop: boolean;
	/** Whether a press opens the pad's menu instead of playing it. */
	declare isEditing: boolean;
	#isPlaying = false;
	/** Whether the pad was last pressed by something that cannot point without pressing. */
	#isTouched = false;
	#endListening: (() => void) | undefined;

	override connectedCallback(): void {
		super.connectedCallback();
		this.#endListening = this.instrument.padChanges.add((pad) => {
			if (pad === this.index) this.requestUpdate();
		});
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#endListening?.();
	}

	/** Shows what the pad is sounding, without rendering anything anew. */
	showActivity({ voices, positionSec }: SlotActivity): void {
		const isPlaying = voices > 0;
		if (isPlaying !== this.#isPlaying) {
			this.#isPlaying = isPlaying;
			this.toggleAttribute("playing", isPlaying);
		}
		const durationSec = this.#state.sample?.durationSec ?? 0;
		if (!isPlaying || durationSec === 0) return;
		const share = Math.min(1, positionSec / durationSec);
		this.#part("playhead").style.transform = `translateX(${(share - 1) * 100}%)`;
	}

	/** Flashes: the hit is seen before it is heard. */
	showHit(): void {
		if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
		this.#part("flash").animate([{ opacity: 0.55 }, { opacity: 0 }], { duration: 220, easing: "ease-out" });
	}

	override focus(options?: FocusOptions): void {
		this.#part("surface").focus(options);
	}

	get #state(): PadState {
		return this.instrument.pads[this.index] ?? emptyPad;
	}

	#part(name: "surface" | "playhead" | "flash"): HTMLElement {
		return this.renderRoot.querySelector<HTMLElement>(`.${name}`)!;
	}

	protected override render(): TemplateResult {
		const { sample, load } = this.#state;
		const isEmpty = sample === null && load === null;
		const isLoading = load !== null && load.phase !== "failed";
		const phase = load?.phase ?? (isEmpty ? "empty" : "ready");
		return html`
			<div class="pad ${phase} ${sample === null ? "silent" : "playable"}">
				<span class="playhead-track"><span class="playhead"></span></span>
				<span class="flash"></span>
				<span class="light"></span>
				<button
					class="surface"
					aria-label=${padLabel(this.#state, this.index, this.keyName)}
					aria-busy=${isLoading ? "true" : "false"}
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
						<kbd class="key">${this.keyName}</kbd>
						${this.#marks()}
					</div>
					${isEmpty ? html`<span class="plus">${plusIcon}</span>` : html`<div class="title">${padTitle(this.#state)}</div>`}
					${load === null ? this.#detail() : loadFace(load, { retry: this.#retry, dismiss: this.#dismiss })}
				</div>
				<button
					class="menu"
					aria-label="Menu of pad ${this.index + 1}"
					aria-haspopup="menu"
					tabindex=${this.isTabStop ? 0 : -1}
					@click=${this.#requestMenu}
				>
					${dotsIcon}
				</button>
			</div>
		`;
	}

	protected override updated(): void {
		const { sample, load } = this.#state;
		const bar = this.renderRoot.querySelector<HTMLElement>(".bar");
		// Set through the object model, because a content-security policy refuses style attributes.
		const color = load?.wanted.color ?? sample?.color ?? null;
		if (color === null) this.style.removeProperty("--accent");
		else this.style.setProperty("--accent", color);
		if (bar !== null) bar.style.width = load?.phase === "loading" ? `${wholePercent(load.percent)}%` : "0%";
	}

	#marks(): TemplateResult {
		const { sample, isLooping } = this.#state;
		const hasWarnings = sample !== null && sample.warnings.length > 0;
		return html`
			${isLooping ? html`<span class="mark">${loopIcon}</span>` : nothing}
			${hasWarnings ? html`<span class="mark">${warningIcon}</span>` : nothing}
		`;
	}

	#detail(): TemplateResult | typeof nothing {
		const { sample } = this.#state;
		return sample === null ? nothing : html`<div class="detail">${formatDuration(sample.durationSec)}</div>`;
	}

	readonly #press = (event: PointerEvent): void => {
		this.#isTouched = event.pointerType !== "mouse" && event.button === 0;
		if (this.isEditing || this.#state.sample === null) return;
		const surface = this.#part("surface");
		const gesture = gestureForPointer(event, this.index, surface.getBoundingClientRect());
		if (gesture === null) return;
		surface.setPointerCapture(event.pointerId);
		this.instrument.perform(gesture);
	};

	readonly #pressKey = (event: KeyboardEvent): void => {
		this.#isTouched = false;
		if (this.isEditing || (event.code !== "Enter" && event.code !== "Space")) return;
		if (event.ctrlKey || event.altKey || event.metaKey || this.#state.sample === null) return;
		// A click would come with key repeat, and for Space only when the key is let go.
		event.preventDefault();
		if (event.repeat) return;
		this.instrument.perform(
			event.shiftKey ? { type: "stop", pad: this.index } : { type: "trigger", pad: this.index, velocity: keyVelocity },
		);
	};

	readonly #holdBackClick = (event: KeyboardEvent): void => {
		if (event.code === "Space" && !this.isEditing && this.#state.sample !== null) event.preventDefault();
	};

	readonly #click = (event: MouseEvent): void => {
		const { sample, load } = this.#state;
		if (this.isEditing) {
			this.#requestMenu();
			return;
		}
		if (sample === null) {
			if (load === null || load.phase === "failed") this.dispatchEvent(new PadFilesRequest(this.index));
			return;
		}
		// Only what presses buttons without a pointer, such as a screen reader, sends clicks that count none.
		const isPointerless = event.detail === 0 && !(event instanceof PointerEvent && event.pointerType !== "");
		if (isPointerless) this.instrument.perform({ type: "trigger", pad: this.index, velocity: keyVelocity });
	};

	readonly #openContextMenu = (event: Event): void => {
		event.preventDefault();
		// A finger that holds a pad plays it; systems that take this for a right click are not followed.
		if (this.isEditing || !this.#isTouched) this.#requestMenu();
	};

	readonly #requestMenu = (): void => {
		this.dispatchEvent(new PadMenuRequest(this.index, this.getBoundingClientRect()));
	};

	readonly #retry = (): void => this.instrument.retry(this.index);

	readonly #dismiss = (): void => this.instrument.dismissLoad(this.index);
}
