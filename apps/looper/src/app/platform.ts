/** What the page finds around it; `globalThis` is one. */
export interface Platform {
	readonly isSecureContext?: boolean;
	readonly crossOriginIsolated?: boolean;
	readonly SharedArrayBuffer?: unknown;
	readonly AudioWorkletNode?: unknown;
	readonly WebAssembly?: unknown;
}

/** Something the instrument needs and does not find, and what to do about it. */
export interface Obstacle {
	readonly what: string;
	readonly remedy: string;
}

/** Why the engine can't start here; none where it can. The first one is the one to remove first. */
export function obstaclesOn(platform: Platform): readonly Obstacle[] {
	const obstacles: Obstacle[] = [];
	if (platform.WebAssembly === undefined) {
		obstacles.push({
			what: "This browser does not run WebAssembly.",
			remedy: "Use a current Chrome, Edge or Firefox, and leave its lockdown or strict security mode for this page.",
		});
	}
	if (platform.isSecureContext !== true) {
		obstacles.push({
			what: "The page was not opened over a secure connection.",
			remedy: "Open it with https://, or as http://localhost on the machine that serves it.",
		});
	} else if (platform.AudioWorkletNode === undefined) {
		obstacles.push({
			what: "This browser has no audio thread for pages (AudioWorklet).",
			remedy: "Update the browser, or use a current Chrome, Edge or Firefox.",
		});
	}
	if (platform.crossOriginIsolated !== true || platform.SharedArrayBuffer === undefined) {
		obstacles.push({
			what: "The page is not allowed to share memory with its threads.",
			remedy:
				"Serve it with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: " +
				"require-corp, as “npm start” does, and open it in a tab of its own, not in a frame.",
		});
	}
	return obstacles;
}
