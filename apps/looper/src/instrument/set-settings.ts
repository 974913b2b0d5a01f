/** What a set keeps beside its pads: the transport's and the master's parameters. */
export interface SetSettings {
	/** Beats per minute, 20..400. */
	readonly tempo: number;
	/** 1..16 */
	readonly beatsPerBar: number;
	/** The lines that pads wait for, in beats; 0 = none. */
	readonly quantum: number;
	/** Seconds by which a press may come after its line and still start at once, 0..1. */
	readonly lateWindowSec: number;
	/** Whether starting a pad chokes every other. */
	readonly isExclusive: boolean;
	readonly isMetronomeOn: boolean;
	/** -Infinity..0 */
	readonly metronomeGainDecibels: number;
	/** -Infinity..24 */
	readonly masterGainDecibels: number;
	readonly isLimiterOn: boolean;
	/** -24..0 */
	readonly limiterCeilingDecibels: number;
}

/** Of a new set. The master's gain leaves headroom for several pads. */
export const defaultSetSettings: SetSettings = {
	tempo: 120,
	beatsPerBar: 4,
	quantum: 0,
	lateWindowSec: 0.08,
	isExclusive: false,
	isMetronomeOn: false,
	metronomeGainDecibels: -12,
	masterGainDecibels: -6,
	isLimiterOn: false,
	limiterCeilingDecibels: -1,
};

/** What the performer calls each setting. */
export const setSettingNames: Readonly<Record<keyof SetSettings, string>> = {
	tempo: "Tempo",
	beatsPerBar: "Beats per bar",
	quantum: "Quantum",
	lateWindowSec: "Late window",
	isExclusive: "Exclusive",
	isMetronomeOn: "Metronome",
	metronomeGainDecibels: "Metronome level",
	masterGainDecibels: "Master gain",
	isLimiterOn: "Limiter",
	limiterCeilingDecibels: "Limiter ceiling",
};
