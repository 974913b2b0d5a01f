/** Counts outcomes, and prints every fault with the command that reproduces it. */
export class FuzzReport {
	#seed;
	/** Cases by family, then by outcome. @type {Map<string, Map<string, number>>} */
	#formats = new Map();
	#faultCount = 0;
	#caseCount = 0;

	/** @param {number} seed */
	constructor(seed) {
		this.#seed = seed;
	}

	/**
	 * @param {{ name: string, family: string }} file - the damaged file
	 * @param {string | null} outcome
	 * @param {number} index - number of the case
	 * @param {{ faults: readonly string[], ways: readonly string[] }} details
	 */
	add({ name, family }, outcome, index, { faults, ways }) {
		this.#caseCount += 1;
		const outcomes = this.#formats.get(family) ?? new Map();
		this.#formats.set(family, outcomes);
		outcomes.set(outcome ?? "none", (outcomes.get(outcome ?? "none") ?? 0) + 1);
		if (faults.length === 0) return;
		this.addFaults(`case ${index} (${name}: ${ways.join(", ")})`, faults);
		process.stdout.write(`  reproduce: npm run fuzz -- --seed ${this.#seed} --first ${index} --count 1\n`);
	}

	/** @param {string} where @param {readonly string[]} faults */
	addFaults(where, faults) {
		for (const fault of faults) process.stdout.write(`FAULT, ${where}: ${fault}\n`);
		this.#faultCount += faults.length;
	}

	/** Prints the counts per family. @returns {boolean} whether there was no fault. */
	print() {
		for (const [format, outcomes] of [...this.#formats].toSorted(([one], [other]) => one.localeCompare(other))) {
			const counts = [...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(", ");
			process.stdout.write(`${format.padEnd(20)} ${counts}\n`);
		}
		process.stdout.write(`${this.#caseCount} damaged files, seed ${this.#seed}: ${this.#faultCount} faults\n`);
		return this.#faultCount === 0;
	}
}
