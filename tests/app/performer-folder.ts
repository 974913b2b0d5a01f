import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { convertWithFfmpeg, writeWave } from "../../packages/engine/test/fixtures.ts";
import { ensureSounds, fewSounds, soundFiles } from "../../scripts/ensure-sounds.mjs";
import type { AppPage } from "./app-page.ts";
import { expect } from "./app-test.ts";

/** How many files a folder has. */
const folderFiles = 40;

/** Drum loops of one bar, each with its own tempo, rate and format. */
const loops = [
	{ name: "01 first", tempo: 90, sampleRate: 44_100, format: "wav" },
	{ name: "02 second", tempo: 104, sampleRate: 48_000, format: "flac" },
	{ name: "03 third", tempo: 126, sampleRate: 96_000, format: "wav" },
	{ name: "04 fourth", tempo: 140, sampleRate: 44_100, format: "aiff" },
] as const;

/** A bar of four beats with a sound on one of them: in step, the loops play a sound on every beat. */
function barWithBeat(beat: number, { tempo, sampleRate }: { readonly tempo: number; readonly sampleRate: number }) {
	const beatFrames = (60 * sampleRate) / tempo;
	const samples = new Float32Array(Math.round(4 * beatFrames));
	const from = Math.round(beat * beatFrames);
	for (let frame = 0; frame < sampleRate / 10; frame++) {
		const seconds = frame / sampleRate;
		samples[from + frame] = 0.8 * Math.exp(-30 * seconds) * Math.cos(2 * Math.PI * 220 * (beat + 1) * seconds);
	}
	return writeWave(samples, { sampleRate, channels: 1, coding: "s16" });
}

/** Real recordings: every so many of each package, of Ogg and FLAC, and some of them as MP3. */
function recordings(count: number): readonly (readonly [name: string, bytes: Uint8Array])[] {
	ensureSounds(fewSounds);
	const all = soundFiles(fewSounds).filter((path) =>
		/\/(?:drums|beats|samples\/bd_|samples\/sn_|samples\/drum_)/u.test(path),
	);
	return Array.from({ length: count }, (_, index) => {
		const path = all[Math.floor((index * all.length) / count)]!;
		const [bytes, extension] = [readFileSync(path), extname(path)];
		const stem = `${index + 1 + loops.length} ${basename(path, extension)}`.padStart(3, "0");
		if (index % 6 !== 0) return [`${stem}${extension}`, bytes];
		return [`${stem}.mp3`, convertWithFfmpeg(bytes, { from: extension.slice(1), to: "mp3" })];
	});
}

/** A folder on the disk with loops of different tempi in front and other sounds behind them. */
export interface SoundFolder {
	readonly path: string;
	remove(): void;
}

/** Makes a folder of sounds in several formats. */
export function makeSoundFolder(): SoundFolder {
	const path = mkdtempSync(join(tmpdir(), "performer-"));
	for (const [beat, { name, format, ...loop }] of loops.entries()) {
		const wave = barWithBeat(beat, loop);
		const bytes = format === "wav" ? wave : convertWithFfmpeg(wave, { from: "wav", to: format });
		writeFileSync(join(path, `${name}.${format}`), bytes);
	}
	for (const [name, bytes] of recordings(folderFiles - loops.length)) writeFileSync(join(path, name), bytes);
	return { path, remove: () => rmSync(path, { recursive: true }) };
}

/** Expects the sounds of the folder on the pads from the first on, in its order, and shows the first bank. */
export async function expectFolder(app: AppPage): Promise<void> {
	const { page } = app;
	for (const [bank, from, to] of [
		["2", 32, folderFiles],
		["1", 0, 32],
	] as const) {
		await page.keyboard.press(`Alt+Digit${bank}`);
		for (let pad = from; pad < to; pad++) {
			await expect(app.pad(pad).surface).toHaveAccessibleName(new RegExp(`^Pad ${pad + 1},[^:]*: 0?${pad + 1} `), {
				timeout: 60_000,
			});
		}
	}
}
