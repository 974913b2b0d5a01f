import { createHash } from "node:crypto";
import { renderPerformance } from "../../dist/index.node.js";

/** Only the cue bus has it, which is not part of the digest. */
const CUE = "isCued";

/** The SHA-256 over rendered blocks, of alternating left and right samples. */
export class Digest {
	#hash = createHash("sha256");

	/** @param {readonly [Float32Array, Float32Array]} block */
	add([left, right]) {
		const samples = new Float32Array(2 * left.length);
		for (const [frame, sample] of left.entries()) samples.set([sample, right[frame] ?? 0], 2 * frame);
		this.#hash.update(samples);
	}

	/** In hexadecimal. */
	finish() {
		return this.#hash.digest("hex");
	}
}

/**
 * The kinds of commands and parameters without which a performance sounds the same.
 *
 * @param {import("../../dist/index.node.js").Performance} performance
 * @param {import("../../dist/index.node.js").FindSource} findSource
 */
export async function unheardKinds(performance, findSource) {
	const { commands } = performance;
	const whole = await digestOf(performance, findSource);
	const unheard = [];
	for (const kind of new Set(commands.map(kindOf))) {
		if (kind === "load" || kind === CUE) continue;
		const others = commands.filter((command) => kindOf(command) !== kind);
		if ((await digestOf({ ...performance, commands: others }, findSource)) === whole) unheard.push(kind);
	}
	return unheard;
}

/** @param {import("../../dist/index.node.js").PerformanceCommand} command */
function kindOf(command) {
	return command.type === "set" ? command.parameter : command.type;
}

/** @param {import("../../dist/index.node.js").Performance} performance @param {import("../../dist/index.node.js").FindSource} findSource */
async function digestOf(performance, findSource) {
	const digest = new Digest();
	for await (const block of renderPerformance(performance, findSource)) digest.add(block);
	return digest.finish();
}
