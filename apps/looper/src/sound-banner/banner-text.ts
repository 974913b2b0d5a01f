import type { Sound } from "../session/engine-session.ts";

/** What the banner says, and whether it goes away when the performer has read it. */
export interface BannerText {
	readonly tone: "call" | "alarm" | "info";
	readonly text: string;
	readonly detail: string | null;
}

/** What the performer must know about the sound; null when all is well or about to be. */
export function bannerText({ state, reason }: Sound): BannerText | null {
	switch (state) {
		case "idle":
			return null;
		case "suspended":
			return { tone: "call", text: "Tap or press any key to start sound", detail: reason };
		case "interrupted":
			return { tone: "alarm", text: "Sound is interrupted. Tap or press any key to take it back", detail: reason };
		case "closed":
			return { tone: "alarm", text: "The sound engine has ended. Reload the page to play on", detail: reason };
		case "running":
			return reason === null ? null : { tone: "info", text: reason, detail: null };
	}
}
