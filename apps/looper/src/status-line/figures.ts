import type { EngineStats } from "flitzis-looper";

/** One figure of the status line. */
export interface Figure {
	readonly name: "Rate" | "Latency" | "Voices" | "Memory";
	readonly value: string;
	/** Tooltip that explains the figure. */
	readonly meaning: string;
	readonly isAlarming: boolean;
}

/** Whether the figures of two readings are the same. Does not allocate. */
export function hasSameFigures(stats: EngineStats, before: EngineStats): boolean {
	return (
		stats.state === before.state &&
		stats.sampleRate === before.sampleRate &&
		stats.outputLatencySec === before.outputLatencySec &&
		stats.activeVoices === before.activeVoices &&
		stats.droppedVoices === before.droppedVoices &&
		stats.pcmBytes === before.pcmBytes
	);
}

/** The figures of the status line. @param voiceCount - voices the engine has */
export function figuresOf(stats: EngineStats, voiceCount: number): readonly Figure[] {
	const isOpen = stats.state === "running" || stats.state === "suspended";
	const { droppedVoices } = stats;
	return [
		{
			name: "Rate",
			value: isOpen ? formatHertz(stats.sampleRate) : "–",
			meaning: "Frames per second",
			isAlarming: false,
		},
		{
			name: "Latency",
			value: isOpen ? `${(stats.outputLatencySec * 1000).toFixed(1)} ms` : "–",
			meaning: "From a press to the loudspeaker, as the browser reports it",
			isAlarming: false,
		},
		{
			name: "Voices",
			value: `${stats.activeVoices}/${voiceCount}`,
			meaning: `Sounding now; ${droppedVoices} stolen so far`,
			isAlarming: stats.activeVoices >= voiceCount,
		},
		{ name: "Memory", value: formatBytes(stats.pcmBytes), meaning: "Used by samples", isAlarming: false },
	];
}

function formatHertz(hertz: number): string {
	return `${(hertz / 1000).toFixed(1).replace(/\.0$/u, "")} kHz`;
}

function formatBytes(bytes: number): string {
	const mebibytes = bytes / 2 ** 20;
	if (mebibytes >= 1024) return `${(mebibytes / 1024).toFixed(2)} GiB`;
	return `${mebibytes.toFixed(mebibytes < 10 ? 1 : 0)} MiB`;
}
