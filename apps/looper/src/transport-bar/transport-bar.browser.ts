import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { quantumChoices } from "../choice/choice.ts";
import type { ChoiceField } from "../choice/choice-field.browser.ts";
import type { EngineReading } from "../instrument/engine-poller.ts";
import type { Listeners } from "../instrument/listeners.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import type { SetControls } from "../instrument/set-controls.ts";
import type { SetSettings } from "../instrument/set-settings.ts";
import type { TransportControl } from "../instrument/transport-control.ts";
import type { KnobScale } from "../knob/knob-scale.ts";
import type { ValueControl } from "../knob/value-control.browser.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { moreIcon, startIcon, stopIcon } from "../theme/icons.browser.ts";
import { switchStyles } from "../theme/switches.browser.ts";
import type { BeatLights } from "./beat-lights.browser.ts";
import type { MasterMeter } from "./master-meter.browser.ts";
import { beatsPerBarScale, ceilingScale, masterGainScale, metronomeScale, tempoScale } from "./set-scales.ts";
import { transportBarStyles } from "./transport-bar-styles.browser.ts";

/** Settings that are numbers on a scale. */
type NumberSetting =
	| "tempo"
	| "beatsPerBar"
	| "metronomeGainDecibels"
	| "masterGainDecibels"
	| "limiterCeilingDecibels";
/** Settings that are switched. */
type SwitchSetting = "isExclusive" | "isMetronomeOn" | "isLimiterOn";

/** What controllers and keys are learned for here, as `formatTarget` writes it. */
const numberTargets: Readonly<Partial<Record<NumberSetting, string>>> = {
	tempo: "set transport.tempo",
	metronomeGainDecibels: "set transport.metronomeGainDecibels",
	masterGainDecibels: "set master.gainDecibels",
	limiterCeilingDecibels: "set master.limiterCeilingDecibels",
};
const switchTargets: Readonly<Record<SwitchSetting, string>> = {
	isExclusive: "switch transport.isExclusive",
	isMetronomeOn: "switch transport.isMetronomeOn",
	isLimiterOn: "switch master.isLimiterOn",
};

/** The transport and the master: tempo, beat, quantum, metronome, gain, limiter and level. */
export class TransportBar extends ListeningElement {
	static override styles: CSSResultGroup = [controlStyles, switchStyles, transportBarStyles];
	static override properties: PropertyDeclarations = {
		settings: { attribute: false },
		transport: { attribute: false },
		readings: { attribute: false },
		isRunning: { state: true },
		isOpen: { state: true },
	};

	declare settings: SetControls;
	declare transport: TransportControl;
	declare readings: Listeners<EngineReading>;
	declare isRunning: boolean;
	/** Whether a narrow window shows all of it. */
	declare isOpen: boolean;

	#beats: BeatLights | null = null;
	#meter: MasterMeter | null = null;

	constructor() {
		super();
		this.isRunning = false;
		this.isOpen = false;
	}

	protected override listen(): readonly (() => void)[] {
		return [
			this.settings.changes.add(() => this.requestUpdate()),
			this.readings.add((reading) => {
				const { isTransportRunning } = reading.activity;
				// An assignment costs something even when nothing changes.
				if (isTransportRunning !== this.isRunning) this.isRunning = isTransportRunning;
				this.#beats?.showReading(reading);
				this.#meter?.showReading(reading);
			}),
		];
	}

	protected override render(): TemplateResult {
		const settings = this.settings.settings;
		return html`
			<div class="bar" role="group" aria-label="Transport and master">
				<button
					class="control run"
					data-target="start-stop"
					aria-label="Transport"
					title=${this.isRunning ? "Stop the transport, and loops that follow it" : "Start the transport"}
					aria-pressed=${this.isRunning}
					@click=${() => (this.isRunning ? this.transport.stop() : this.transport.start())}
				>
					${this.isRunning ? stopIcon : startIcon}
				</button>
				<beat-lights .beatsPerBar=${settings.beatsPerBar}></beat-lights>
				${this.#number("Tempo", tempoScale, "tempo")}
				<button class="control tap" data-target="tap-tempo" title="Tap the beat: the third tap sets the tempo" @pointerdown=${this.#tap} @click=${this.#tap}>
					Tap
				</button>
				<choice-field
					boxed
					label="Quantum"
					data-target="next transport.quantum"
					.choices=${quantumChoices(settings.beatsPerBar, settings.quantum)}
					.value=${live(String(settings.quantum))}
					@change=${({ currentTarget }: { readonly currentTarget: ChoiceField }) =>
						this.settings.set({ quantum: Number(currentTarget.value) })}
				></choice-field>
				<slot></slot>
				<div class="more ${this.isOpen ? "open" : ""}" id="more">
					${this.#number("Bar", beatsPerBarScale, "beatsPerBar")}
					${this.#switch("Exclusive", "Starting a pad stops every other one", "isExclusive")}
					${this.#switch("Metronome", "A click on every beat", "isMetronomeOn")}
					${this.#number("Click", metronomeScale, "metronomeGainDecibels")}
					${this.#switch("Limiter", "Nothing passes the ceiling", "isLimiterOn")}
					${this.#number("Ceiling", ceilingScale, "limiterCeilingDecibels")}
				</div>
				<button
					class="control opener"
					aria-expanded=${this.isOpen}
					aria-controls="more"
					title=${this.isOpen ? "Show less" : "Show bar, metronome and limiter"}
					aria-label="More of the transport"
					@click=${() => {
						this.isOpen = !this.isOpen;
					}}
				>
					${moreIcon}
				</button>
				<div class="output ${this.isOpen ? "open" : ""}">
					${this.#number("Master", masterGainScale, "masterGainDecibels")}
					<master-meter .isLimited=${settings.isLimiterOn}></master-meter>
				</div>
			</div>
		`;
	}

	protected override firstUpdated(): void {
		this.#beats = this.renderRoot.querySelector("beat-lights");
		this.#meter = this.renderRoot.querySelector("master-meter");
	}

	#number(label: string, scale: KnobScale, name: NumberSetting): TemplateResult {
		return html`<number-field
			class=${name === "tempo" ? "tempo" : ""}
			label=${label}
			data-target=${numberTargets[name] ?? nothing}
			.scale=${scale}
			.value=${live(this.settings.settings[name])}
			@input=${({ currentTarget }: { readonly currentTarget: ValueControl }) =>
				this.#set({ [name]: currentTarget.value }, currentTarget.gesture)}
		></number-field>`;
	}

	#switch(label: string, title: string, name: SwitchSetting): TemplateResult {
		const isOn = this.settings.settings[name];
		return html`<button class="switch" data-target=${switchTargets[name]} title=${title} aria-pressed=${isOn} @click=${() => this.#set({ [name]: !isOn })}>
			${label}
		</button>`;
	}

	#set(values: Partial<SetSettings>, gesture?: string): void {
		this.settings.set(values, gesture);
	}

	/** A pointer taps when it goes down; keys and assistive technology when they click. */
	readonly #tap = (event: MouseEvent): void => {
		if (event.type === "click" && event.detail > 0) return;
		if (event.button === 0) this.transport.tap(event.timeStamp);
	};
}
