import { InstrumentHarness } from "../instrument/instrument-harness.ts";
import type { PadSource } from "../instrument/pad-state.ts";
import { MemoryStorage, PlainMemory } from "./memory-storage.ts";
import type { ArchiveTools } from "./set-archive.ts";
import { Sets } from "./sets.ts";

/** Where the app is in tests. */
const appAddress = "https://looper.test/app/";

/** What tests have of Node. */
export interface TestTools extends ArchiveTools {
	/** Resolves when everything that is due has run. */
	turn(): Promise<void>;
}

/** A page that is opened, left and opened again, as tests use it: its storage outlives it. */
export class SetsHarness {
	readonly storage: MemoryStorage = new MemoryStorage();
	readonly memory: PlainMemory = new PlainMemory();
	readonly #tools: TestTools;
	#idCount = 0;
	#due: (() => void)[] = [];
	/** What loading the archive's code ends in; null lets it succeed. */
	archiveFailure: Promise<never> | null = null;
	page: InstrumentHarness = new InstrumentHarness();
	sets: Sets;

	constructor(tools: TestTools) {
		this.#tools = tools;
		this.sets = this.#newSets();
	}

	/** Opens the page, once more. @param meanwhile - called while the storage is being opened; @returns whether a stored set was opened */
	async open(meanwhile: () => void = () => {}): Promise<boolean> {
		this.page = new InstrumentHarness();
		this.#due = [];
		this.sets = this.#newSets();
		const isOpen = await this.sets.start(async () => {
			meanwhile();
			this.finishLoads();
			return this.storage;
		});
		this.finishLoads();
		return isOpen;
	}

	/** Puts a sound on a pad. */
	put(pad: number, source: PadSource["source"], title: string): void {
		this.page.put(pad, { source, title, isDemo: typeof source === "string", color: null });
	}

	/** Lets the time pass until everything is saved, or for a few waits only. */
	async elapse(rounds = 8): Promise<void> {
		for (let round = 0; round < rounds; round++) {
			for (const action of this.#due.splice(0)) action();
			await this.#tools.turn();
		}
	}

	finishLoads(): void {
		for (const [pad, { load }] of this.page.instrument.pads.states.entries()) {
			if (load !== null) this.page.engine.finishLoad(pad);
		}
		this.page.poll();
	}

	/** What is on the pads, by pad. */
	titles(): Readonly<Record<number, string>> {
		const { states } = this.page.instrument.pads;
		return Object.fromEntries(states.flatMap(({ sample }, pad) => (sample === null ? [] : [[pad, sample.title]])));
	}

	#newSets(): Sets {
		return new Sets(this.page.instrument, {
			...this.#tools,
			after: (_milliseconds, action) => this.#due.push(action),
			memory: this.memory,
			appAddress,
			urlOf: (address) => appAddress + address,
			nameFile: (content, name) => Object.assign(content.slice(), { name }),
			loadArchive: () => this.archiveFailure ?? import("./set-archive.ts"),
			newId: () => `set-${++this.#idCount}`,
		});
	}
}
