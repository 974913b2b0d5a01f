// The hits of Debian's drum kits, by role.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

export const RATE = 44_100;
const FOLDER = "/usr/share/hydrogen/data/drumkits";
/** Frames of a hit before its attack. */
export const ATTACK_FRAMES = 20;
/** A hit fades out there. */
const LONGEST_SECONDS = 1.5;

/** @typedef {"kick" | "snare" | "hat" | "open" | "clap" | "ride"} Role */
/** @typedef {Record<Role, readonly Float32Array[]>} DrumKit */

/** Kits whose files say what they are, and how. @type {Record<string, Record<Role, RegExp>>} */
const KITS = {
	BJA_Pacific: {
		kick: /^BD_0[5-8]/,
		snare: /^SN_0[5-8]/,
		hat: /^HH_0[5-8]/,
		open: /^HH3_/,
		clap: /^SN3_/,
		ride: /^RD_0/,
	},
	ColomboAcousticDrumkit: {
		kick: /^bassdrum.*normal3/,
		snare: /^snare.*normal_shot/,
		hat: /^hihat-closed/,
		open: /^hihat-semi-open/,
		clap: /^stick-rim/,
		ride: /^crash20i__ride4/,
	},
	ElectricEmpireKit: {
		kick: /^EE_Kick_(Hard|Low|Power|Lite)/,
		snare: /^EE_Snare_\d/,
		hat: /^EE_Hat_(Cl|Low)/,
		open: /^EE_Hat_Op/,
		clap: /^EE_Clap/,
		ride: /^EE_Hat_Ring/,
	},
	ForzeeStereo: {
		kick: /^Kick-[34]/,
		snare: /^Snare.*-[34]/,
		hat: /^HiHatClosed-[34]/,
		open: /^HiHatSemiopen-[34]/,
		clap: /^SideStick|^Rim|^Snare.*-4/,
		ride: /^Ride-/,
	},
	GMRockKit: {
		kick: /^Kick-Hard/,
		snare: /^Snare-Hard/,
		hat: /^HatClosed-(Med|Hard)/,
		open: /^HatOpen-Med/,
		clap: /^(HandClap|SideStick-Hard)/,
		ride: /^Ride-Med/,
	},
	TR808EmulationKit: {
		kick: /Kick/,
		snare: /Snare/,
		hat: /Hat_Closed/,
		open: /Hat_Open/,
		clap: /Clap/,
		ride: /Cow|Maracas/,
	},
	"The Black Pearl 1.0": {
		kick: /^PearlKick-Hard/,
		snare: /^PearlSnare-Hard/,
		hat: /Hat.*(Closed|Cl).*(Med|Hard)/,
		open: /Hat.*Open.*Med/,
		clap: /^(HandClap|PearlSideStick-Hard)/,
		ride: /^PaisteRide-Med/,
	},
};

/** Kits with which the analysis was not tuned. @type {Record<string, Record<Role, RegExp>>} */
const HELD_OUT_KITS = {
	HardElectro1: {
		kick: /^(HardHse_K|PowR_BD)/,
		snare: /^PowR_SN/,
		hat: /^(CHH|Hard_CHH|PowR_HH)/,
		open: /^Hard_Hse_OHH/,
		clap: /^(Amp_)?Clap/,
		ride: /^FX_Chh/,
	},
	"Millo-Drums_v.1": {
		kick: /^bd1/,
		snare: /^snare/,
		hat: /^closehihat/,
		open: /^openhat/,
		clap: /^(clap|stick)/,
		ride: /^ride/,
	},
	Millo_MultiLayered2: {
		kick: /^bd_0[3-5]/,
		snare: /^jsnare_0[3-5]/,
		hat: /^hhclosed_0[3-5]/,
		open: /^hhopen/,
		clap: /^clap/,
		ride: /^ride/,
	},
	Millo_MultiLayered3: {
		kick: /^bd_/,
		snare: /^sd_0[1-4]/,
		hat: /^hh_0/,
		open: /^ho_/,
		clap: /^rs_/,
		ride: /^rc_/,
	},
	VariBreaks: {
		kick: /^VP Kick/,
		snare: /^VP Snare/,
		hat: /^VP Hat \d Cl/,
		open: /^VP Hat \d Op/,
		clap: /^VP Click/,
		ride: /^VP Hat \d Pd/,
	},
};

/** @param {string} path @returns {Float32Array} mono */
export function decodeMono(path) {
	const args = ["-v", "error", "-i", path, "-ac", "1", "-ar", String(RATE), "-f", "f32le", "-"];
	const { stdout, status, stderr } = spawnSync("ffmpeg", args, { maxBuffer: 2 ** 30 });
	if (status !== 0) throw new Error(`${path} cannot be decoded: ${String(stderr)}`);
	return new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + (stdout.length & ~3)));
}

/** From its attack on, its highest sample 1. @param {string} path */
function readHit(path) {
	const samples = decodeMono(path);
	const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 1e-9);
	// Recordings of drums begin with some silence, of which a sequencer knows nothing either; here the beat is the attack.
	const attack = samples.findIndex((sample) => Math.abs(sample) > 0.05 * peak);
	const hit = samples.slice(Math.max(attack - ATTACK_FRAMES, 0)).slice(0, LONGEST_SECONDS * RATE);
	const fade = Math.min(0.1 * RATE, hit.length);
	return hit.map((sample, n) => (sample / peak) * Math.min((hit.length - n) / fade, 1));
}

/** @type {Map<string, DrumKit>} */
const read = new Map();

export const kitNames = Object.keys(KITS);
export const heldOutKitNames = Object.keys(HELD_OUT_KITS);

/** @param {string} name @returns {DrumKit} */
export function drumKit(name) {
	const known = read.get(name);
	if (known !== undefined) return known;
	const patterns = KITS[name] ?? HELD_OUT_KITS[name];
	if (patterns === undefined) throw new Error(`There is no kit ${name}.`);
	const files = readdirSync(join(FOLDER, name)).filter((file) => /\.(wav|flac|aiff)$/i.test(file));
	/** @param {RegExp} pattern */
	const hits = (pattern) => {
		const chosen = files.filter((file) => pattern.test(file)).slice(0, 4);
		if (chosen.length === 0) throw new Error(`${name} has no file that matches ${pattern}.`);
		return chosen.map((file) => readHit(join(FOLDER, name, file)));
	};
	const { kick, snare, hat, open, clap, ride } = patterns;
	const kit = {
		kick: hits(kick),
		snare: hits(snare),
		hat: hits(hat),
		open: hits(open),
		clap: hits(clap),
		ride: hits(ride),
	};
	read.set(name, kit);
	return kit;
}
