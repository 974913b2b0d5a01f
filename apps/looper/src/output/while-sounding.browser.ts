import type { Instrument } from "../instrument/instrument.ts";
import { KeepAwake } from "./keep-awake.ts";
import { type MediaKey, pressMediaKey } from "./media-keys.ts";
import type { Sounding } from "./sounding.ts";

const mediaKeys: readonly MediaKey[] = ["play", "pause", "stop"];
/** Beside the page. Browsers give media keys only to pages with a media element that plays, audible or not. */
const silence = "silence.flac";

/** Keeps the screen on while something sounds, and listens to media keys, where the browser lets it. */
export function attendSounding(sounding: Sounding, instrument: Instrument): void {
	keepAwake(sounding);
	listenToMediaKeys(sounding, instrument);
}

function keepAwake(sounding: Sounding): void {
	const { wakeLock } = navigator as { readonly wakeLock?: WakeLock };
	if (wakeLock === undefined) return;
	const awake = new KeepAwake({ requestLock: () => wakeLock.request("screen") });
	sounding.changes.add((isOn) => void awake.want(isOn));
	void awake.want(sounding.isOn);
	document.addEventListener("visibilitychange", () => {
		if (document.visibilityState === "visible") void awake.comeBack();
	});
}

function listenToMediaKeys(sounding: Sounding, instrument: Instrument): void {
	const { mediaSession } = navigator as { readonly mediaSession?: MediaSession };
	if (mediaSession === undefined) return;
	mediaSession.metadata = new MediaMetadata({ title: "Flitzis Looper" });
	for (const key of mediaKeys) mediaSession.setActionHandler(key, () => pressMediaKey(key, instrument));
	const element = new Audio(new URL(silence, document.baseURI).href);
	element.loop = true;
	const follow = (isOn: boolean): void => {
		mediaSession.playbackState = isOn ? "playing" : "paused";
		// Without it there are no media keys, and nothing else is lost.
		if (isOn) element.play().catch(() => {});
		else element.pause();
	};
	sounding.changes.add(follow);
	if (sounding.isOn) follow(true);
}
