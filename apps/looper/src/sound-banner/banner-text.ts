import type { EngineState } from "flitzis-looper";
import type { SoundStatus } from "../instrument/sound.ts";

/** What the banner says, and how urgent it is. */
export interface BannerText {
	readonly tone: "call" | "alarm" | "info";
	readonly text: string;
	readonly detail: string | null;
}

const standstills: Readonly<Record<Exclude<EngineState, "running">, Pick<BannerText, "tone" | "text"> | null>> = {
	idle: null,
	suspended: { tone: "call", text: "Tap or press any key to start sound" },
	interrupted: { tone: "alarm", text: "Sound is interrupted. Tap or press any key to resume" },
	closed: { tone: "alarm", text: "The sound engine has stopped. Reload the page to play again" },
};

/** What the performer must know about the sound; null when it runs or is starting. */
export function bannerText({ state, reason }: SoundStatus): BannerText | null {
	if (state === "running") return reason === null ? null : { tone: "info", text: reason, detail: null };
	const standstill = standstills[state];
	return standstill === null ? null : { ...standstill, detail: reason };
}
