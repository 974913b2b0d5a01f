import { MAX_READ_BYTES } from "../source/byte-source.ts";
import { CHECKSUM_BYTES, type Checksum } from "./checksum.ts";
import type { EntryDescription, EntryLayout } from "./entry-head.ts";
import type { StoredEntry } from "./pcm-store.ts";

/** A cached sample being read. Thread: loader. */
export class KeptSample {
	readonly description: EntryDescription;
	readonly #entry: StoredEntry;
	readonly #layout: EntryLayout;
	readonly #checksum: Checksum;

	/** @param checksum - a new one; owned by the sample from here on */
	constructor(entry: StoredEntry, layout: EntryLayout, checksum: Checksum) {
		this.description = layout.description;
		this.#entry = entry;
		this.#layout = layout;
		this.#checksum = checksum;
	}

	/** Reads all frames, edges last, interleaved, in pieces that are valid until the next; fewer than described if the entry ends early. */
	*pieces(): Generator<Float32Array, void, undefined> {
		const { pcmOffset, pcmBytes } = this.#layout;
		this.#checksum.update(this.#entry.bytes.read(0, pcmOffset));
		for (let offset = 0; offset < pcmBytes; ) {
			const bytes = this.#entry.bytes.read(pcmOffset + offset, Math.min(MAX_READ_BYTES, pcmBytes - offset));
			if (bytes.length === 0 || bytes.length % (4 * this.description.channels) !== 0) return;
			this.#checksum.update(bytes);
			offset += bytes.length;
			yield new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
		}
	}

	/** Whether the data read matches the checksum. Call once, after the last piece. */
	isIntact(): boolean {
		const { pcmOffset, pcmBytes } = this.#layout;
		const kept = this.#entry.bytes.read(pcmOffset + pcmBytes, CHECKSUM_BYTES);
		const read = this.#checksum.digestBytes();
		return kept.length === CHECKSUM_BYTES && read.every((byte, index) => byte === kept[index]);
	}

	/** Marks the sample as used. */
	touch(): void {
		this.#entry.touch();
	}

	close(): void {
		this.#entry.close();
	}
}
