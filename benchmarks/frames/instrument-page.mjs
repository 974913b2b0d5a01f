// The instrument in a page, filled and played. The functions with "InPage" in their name run there.

/**
 * @typedef {object} PageInstrument
 * @property {{ load(pad: number, wanted: object): void, set(pad: number, settings: object): void, states: readonly { sample: object | null, load: { phase: string } | null }[] }} pads
 * @property {{ perform(gesture: object): void }} presses
 * @property {{ readings: { add(listener: () => void): () => void } }} poller
 */

/** @typedef {{ pad: number, title: string, seconds: number }} Sound */

/**
 * Opens the instrument with empty pads.
 *
 * @param {import("@playwright/test").Page} page
 * @param {string} address
 */
export async function openEmpty(page, address) {
	await page.addInitScript(() => localStorage.setItem("flitzis-looper.start", "empty"));
	await page.goto(address);
	await page.locator("looper-pad").last().waitFor();
	// It is there once no set is open and no demo will be loaded.
	await page.locator("main .hint").waitFor();
}

/**
 * Puts bursts of noise on pads, so that their meters move all the time, as mono WAV files of 16 bits at 48 kHz, and waits until they
 * are loaded.
 *
 * @param {readonly Sound[]} sounds
 */
export async function loadSoundsInPage(sounds) {
	/** @type {PageInstrument} */
	const { pads, poller } = Reflect.get(document.querySelector("looper-app") ?? {}, "instrument");
	const rate = 48_000;
	/** @param {Sound} sound */
	const fileOf = ({ pad, title, seconds }) => {
		const frames = Math.round(seconds * rate);
		const view = new DataView(new ArrayBuffer(44 + 2 * frames));
		const words = [
			0x46464952,
			36 + 2 * frames,
			0x45564157,
			0x20746d66,
			16,
			0x10001,
			rate,
			2 * rate,
			0x100002,
			0x61746164,
		];
		for (const [place, word] of [...words, 2 * frames].entries()) view.setUint32(4 * place, word, true);
		const samples = new Int16Array(view.buffer, 44);
		let state = pad + 1;
		for (let frame = 0; frame < frames; frame++) {
			state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
			samples[frame] = (state >> 19) * (1 - (frame % 12_000) / 12_000);
		}
		return new File([view.buffer], `${title}.wav`);
	};
	for (const sound of sounds) {
		pads.load(sound.pad, { source: fileOf(sound), title: sound.title, isDemo: false, color: null });
	}
	await new Promise((resolve, reject) => {
		const end = poller.readings.add(() => {
			const states = sounds.map(({ pad }) => pads.states[pad]);
			if (states.some((state) => state?.load?.phase === "failed")) reject(new Error("A sound was not loaded."));
			else if (states.some((state) => state?.sample == null)) return;
			else resolve(null);
			end();
		});
	});
}

/** Lets the first pads loop. @param {number} count */
export function playLoopsInPage(count) {
	/** @type {PageInstrument} */
	const { pads, presses } = Reflect.get(document.querySelector("looper-app") ?? {}, "instrument");
	for (let pad = 0; pad < count; pad++) {
		pads.set(pad, { loop: true, launchQuantum: 0 });
		presses.perform({ type: "press", pad, velocity: 0.8, holder: "benchmark" });
		presses.perform({ type: "release", holder: "benchmark" });
	}
}

/**
 * Opens a pad's panel as its menu does, and waits until its waveform is painted.
 *
 * @param {number} pad
 * @returns {Promise<{ open: number, whole: number }>} milliseconds until the panel and the whole waveform have been painted
 */
export async function openPanelInPage(pad) {
	const app = document.querySelector("looper-app");
	const face = app?.shadowRoot?.querySelector("pad-grid")?.shadowRoot?.querySelector(`looper-pad[index="${pad}"]`);
	const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
	const display = () =>
		app?.shadowRoot?.querySelector("pad-panel")?.shadowRoot?.querySelector("wave-display")?.shadowRoot;
	const note = () => display()?.querySelector(".note")?.textContent;
	const start = performance.now();
	face?.shadowRoot?.querySelector("button")?.click();
	/** @param {() => boolean} holds */
	const until = async (holds) => {
		do await painted();
		while (!holds());
		return performance.now() - start;
	};
	const open = await until(() => note() !== undefined);
	return { open, whole: await until(() => note() === "") };
}
