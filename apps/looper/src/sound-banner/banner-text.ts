import type { EngineState } from "flitzis-looper";
import type { Sound } from "../instrument/instrument.ts";

/** What the banner says, and whether it goes away when the performer has read it. */
export interface BannerText {
	readonly tone: "call" | "alarm" | "info";
	readonly text: string;
	readonly detail: string | null;
}

const standstills: Readonly<Record<Exclude<EngineState, "running">, Pick<BannerText, "tone" | "text"> | null>> = {
	idle: null,
	suspended: { tone: "call", text: "Tap or press any key to start sound" },
	interrupted: { tone: "alarm", text: "Sound is interrupted. Tap or press any key to take it back" },
	closed: { tone: "alarm", text: "The sound engine has ended. Reload the page to play on" },
};

/** What the performer must know about the sound; null when all is well or about to be. */
export function bannerText({ state, reason }: Sound): BannerText | null {
	if (state === "running") return reason === null ? null : { tone: "info", text: reason, detail: null };
	const standstill = standstills[state];
	return standstill === null ? null : { ...standstill, detail: reason };
}
