import type { OggPage } from "./ogg-pages.ts";

/** Gathers the packets of one stream from its pages. */
export class OggPackets {
	readonly #bytes: Uint8Array;
	/** The part of a packet that earlier pages hold. */
	#begun: Uint8Array[] = [];
	/** The rest of a packet whose beginning is lost is passed over. */
	#isInPacket = false;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	/** Forgets a packet that was begun: pages are missing. */
	interrupt(): void {
		this.#begun = [];
		this.#isInPacket = false;
	}

	/**
	 * The packets that end in a page; those that lie in it as a whole are views of the file.
	 *
	 * @param page - the next page of the stream
	 */
	completedIn(page: OggPage): Uint8Array[] {
		const packets: Uint8Array[] = [];
		if (!page.isContinued) this.interrupt();
		let isLost = page.isContinued && !this.#isInPacket;
		let start = page.bodyOffset;
		let end = start;
		for (const length of page.segments) {
			end += length;
			this.#isInPacket = length === 255;
			if (this.#isInPacket) continue;
			if (!isLost) packets.push(this.#complete(start, end));
			isLost = false;
			start = end;
		}
		if (this.#isInPacket) {
			if (isLost) this.interrupt();
			else this.#begun.push(this.#bytes.subarray(start, end));
		}
		return packets;
	}

	#complete(start: number, end: number): Uint8Array {
		const tail = this.#bytes.subarray(start, end);
		if (this.#begun.length === 0) return tail;
		const parts = [...this.#begun, tail];
		this.#begun = [];
		const packet = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
		let offset = 0;
		for (const part of parts) {
			packet.set(part, offset);
			offset += part.length;
		}
		return packet;
	}
}
