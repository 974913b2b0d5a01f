import type { MasterParameters, TransportParameters } from "flitzis-looper";
import type { History } from "./history.ts";
import { Listeners } from "./listeners.ts";
import type { LooperEngine } from "./looper-engine.ts";
import type { Notices } from "./notices.ts";
import { defaultSetSettings, type SetSettings, setSettingNames } from "./set-settings.ts";

type SettingName = keyof SetSettings;

/** The transport's and the master's settings, in the engine and in the history. */
export class SetControls {
	readonly changes: Listeners<SetSettings> = new Listeners();
	readonly #engine: Pick<LooperEngine, "master" | "transport">;
	readonly #notices: Notices;
	readonly #history: Pick<History, "record">;
	#settings: SetSettings = defaultSetSettings;

	constructor(
		engine: Pick<LooperEngine, "master" | "transport">,
		parts: { readonly notices: Notices; readonly history: Pick<History, "record"> },
	) {
		this.#engine = engine;
		this.#notices = parts.notices;
		this.#history = parts.history;
	}

	get settings(): SetSettings {
		return this.#settings;
	}

	/** Sends all settings to an engine that has its own defaults. */
	sendAll(): void {
		this.#notices.attempt(() => this.#send(this.#settings));
	}

	/** Changes settings. @param gesture - names one drag: its edits are one step of the history */
	set(values: Partial<SetSettings>, gesture?: string): void {
		const before = this.#settings;
		const changed = pick({ ...before, ...values }, (name, value) => before[name] !== value);
		const names = Object.keys(changed) as SettingName[];
		if (names.length === 0 || !this.#change(changed)) return;
		const old = pick(before, (name) => name in changed);
		const label = names.map((name) => setSettingNames[name]).join(", ");
		this.#history.record({ label, gesture, undo: () => this.#change(old), redo: () => this.#change(changed) });
	}

	/** Follows an outer clock's tempo: no edit, so it cannot be undone. */
	follow(tempo: number): void {
		if (tempo !== this.#settings.tempo) this.#change({ tempo });
	}

	/** @returns false, with nothing changed, when the engine refuses; listeners are called all the same */
	#change(values: Partial<SetSettings>): boolean {
		const isTaken = this.#notices.attempt(() => this.#send(values));
		if (isTaken) this.#settings = { ...this.#settings, ...values };
		// A control that shows what was refused goes back.
		this.changes.notify(this.#settings);
		return isTaken;
	}

	#send(values: Partial<SetSettings>): void {
		const { masterGainDecibels, isLimiterOn, limiterCeilingDecibels, ...transport } = values;
		const master: Partial<MasterParameters> = {
			...(masterGainDecibels !== undefined && { gainDecibels: masterGainDecibels }),
			...(isLimiterOn !== undefined && { isLimiterOn }),
			...(limiterCeilingDecibels !== undefined && { limiterCeilingDecibels }),
		};
		if (Object.keys(master).length > 0) this.#engine.master.set(master);
		if (Object.keys(transport).length > 0) this.#engine.transport.set(transport satisfies Partial<TransportParameters>);
	}
}

function pick(
	settings: SetSettings,
	isWanted: (name: SettingName, value: SetSettings[SettingName]) => boolean,
): Partial<SetSettings> {
	const entries = Object.entries(settings) as [SettingName, SetSettings[SettingName]][];
	return Object.fromEntries(entries.filter(([name, value]) => isWanted(name, value)));
}
