// Every state of a pad, and how the instrument gets there. The functions run in the page.

/**
 * @typedef {object} PageInstrument
 * @property {{ load(pad: number, wanted: object): void, set(pad: number, settings: object): void, states: readonly { load: object | null }[] }} pads
 * @property {{ perform(gesture: object): void }} presses
 * @property {{ select(pad: number): void, toggle(pad: number): void }} selection
 * @property {{ pause(pad: number): void }} [padActions]
 * @property {{ readings: { add(listener: (reading: { activity: { beat: number } }) => void): () => void } }} poller
 */

/** Sounds of the demo set, by pad. */
const SOUNDS = {
	0: ["drum-loop", "Drum loop", "#ef5b5b"],
	1: ["chord-loop", "Chord loop", "#b78cf2"],
	2: ["bass-loop", "Bass loop", "#4f9de8"],
	3: ["hat-loop", "Percussion loop", "#f2a541"],
	4: ["voice", "Voice", "#3fc7a0"],
	5: ["lead", "Lead", "#3fc7a0"],
	6: ["open-hat", "Open hat", "#ef5b5b"],
	7: ["closed-hat", "Closed hat", "#ef5b5b"],
	8: ["arpeggio", "Off its tempo", "#b78cf2"],
	9: ["riser", "Gate", null],
	10: ["snare", "Repeat", null],
	11: ["bell", "Toggle", null],
	12: ["crash", "Backwards", null],
	13: ["voice", "Refuses presses", null],
	14: ["pluck", "A very long name of a sound that nobody shortened", null],
	15: ["impact", "Paused", null],
	17: ["kick", "Kick", "#ef5b5b"],
	19: ["clap", "Clap", "#ef5b5b"],
	32: ["drum-loop", "Drums B", null],
	33: ["bass-loop", "Bass B", null],
};

/** Settings, by pad. */
const SETTINGS = {
	0: { loop: true, launchMode: "toggle", sync: "repitch", lengthBeats: 16 },
	1: { loop: true, launchMode: "toggle", sync: "repitch", lengthBeats: 16, launchQuantum: 1024 },
	2: { loop: true, launchMode: "toggle", stopQuantum: 1024, lengthBeats: 8 },
	3: { loop: true, launchQuantum: 0 },
	4: { loop: true, launchMode: "toggle", isMuted: true, launchQuantum: 0 },
	5: { isMuted: true },
	6: { loop: true, chokeGroup: 1, launchQuantum: 0 },
	7: { chokeGroup: 1, launchQuantum: 0 },
	8: { loop: true, launchMode: "toggle", sync: "repitch", lengthBeats: 512 },
	9: { launchMode: "gate" },
	10: { launchMode: "repeat" },
	11: { launchMode: "toggle" },
	12: { isReversed: true },
	13: { isTriggerMuted: true },
	15: { loop: true, launchMode: "toggle" },
	32: { loop: true, launchMode: "toggle" },
	33: { loop: true, launchMode: "toggle", launchQuantum: 1024 },
};

/** What the page needs to bring its pads into all states. */
export const padStates = { sounds: SOUNDS, settings: SETTINGS };

/**
 * Fills the pads, waits until they are loaded, and plays them. Runs in the page.
 *
 * @param {{ sounds: Record<string, (string | null)[]>, settings: Record<string, object>, stalling: string }} states
 */
export async function showPadStates({ sounds, settings, stalling }) {
	/** @type {PageInstrument} */
	const { pads, presses, padActions, poller } = Reflect.get(document.querySelector("looper-app") ?? {}, "instrument");
	const sound = { isDemo: true };
	for (const [pad, [file, title, color]] of Object.entries(sounds)) {
		pads.load(Number(pad), { ...sound, title, color, source: new URL(`demo/${file}.wav`, document.baseURI) });
	}
	const stab = await (await fetch("demo/stab.wav")).blob();
	const cut = stab.slice(0, 60_000);
	pads.load(18, { ...sound, source: cut, title: "Cut off", color: null });
	const loaded = () => pads.states.every(({ load }) => load === null);
	const until = (/** @type {(beat: number) => boolean} */ holds) =>
		new Promise((resolve) => {
			const end = poller.readings.add(({ activity }) => {
				if (!holds(activity.beat)) return;
				end();
				resolve(null);
			});
		});
	await until(loaded);
	for (const [pad, values] of Object.entries(settings)) pads.set(Number(pad), values);
	const press = (/** @type {number} */ pad) => {
		presses.perform({ type: "press", pad, velocity: 0.8, holder: "pictures" });
		presses.perform({ type: "release", holder: "pictures" });
	};
	press(0);
	await until((beat) => beat > 0.5);
	for (const pad of [1, 2, 3, 4, 6, 8, 15, 32, 33]) press(pad);
	await until((beat) => beat > 2);
	press(2);
	pads.set(3, { launchQuantum: 1024 });
	press(3);
	padActions?.pause(15);
	const words = new Blob(["These are words, not sounds."]);
	for (const pad of [16, 17]) pads.load(pad, { ...sound, source: words, title: "words.txt", color: null });
	await until(() => [16, 17].every((pad) => Reflect.get(pads.states[pad]?.load ?? {}, "phase") === "failed"));
	for (const pad of [19, 20, 21, 22, 23]) {
		pads.load(pad, { ...sound, source: new URL(`${stalling}${pad}.wav`), title: `Long file ${pad}`, color: null });
	}
	await until(() => Reflect.get(pads.states[19]?.load ?? {}, "phase") === "loading");
	press(7);
	await until((beat) => beat > 6);
	press(6);
	await until((beat) => beat > 7);
	press(7);
	await until((beat) => beat > 7.5);
}
