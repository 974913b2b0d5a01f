import type { OggPage } from "./ogg-pages.ts";

/** Longer packets (comments with pictures, or files made to fill the memory) are cut to this. */
const MOST_PACKET_BYTES = 2 ** 20;

/** Gathers the packets of one stream from its pages. */
export class OggPackets {
	/** The part of a packet that earlier pages hold. */
	#begun: Uint8Array[] = [];
	#begunBytes = 0;
	/** The rest of a packet whose beginning is lost is passed over. */
	#isInPacket = false;

	/** Forgets a packet that was begun: pages are missing. */
	interrupt(): void {
		this.#forget();
		this.#isInPacket = false;
	}

	/**
	 * The packets that end in a page, each cut to 1 MiB; those that lie in it as a whole are views of the page, valid
	 * as long as that is.
	 *
	 * @param page - the next page of the stream
	 */
	completedIn(page: OggPage): Uint8Array[] {
		const packets: Uint8Array[] = [];
		if (!page.isContinued) this.interrupt();
		let isLost = page.isContinued && !this.#isInPacket;
		let start = page.bodyStart;
		let end = start;
		for (const length of page.segments) {
			end += length;
			this.#isInPacket = length === 255;
			if (this.#isInPacket) continue;
			if (!isLost) packets.push(this.#complete(page.bytes.subarray(start, end)));
			isLost = false;
			start = end;
		}
		if (this.#isInPacket) {
			if (isLost) this.interrupt();
			else this.#begin(page.bytes.subarray(start, end));
		}
		return packets;
	}

	#begin(part: Uint8Array): void {
		// The page is gone when the packet is complete: this is a copy.
		const kept = part.slice(0, MOST_PACKET_BYTES - this.#begunBytes);
		if (kept.length > 0) this.#begun.push(kept);
		this.#begunBytes += kept.length;
	}

	#complete(tail: Uint8Array): Uint8Array {
		if (this.#begun.length === 0) return tail;
		this.#begin(tail);
		const packet = new Uint8Array(this.#begunBytes);
		let offset = 0;
		for (const part of this.#begun) {
			packet.set(part, offset);
			offset += part.length;
		}
		this.#forget();
		return packet;
	}

	#forget(): void {
		this.#begun = [];
		this.#begunBytes = 0;
	}
}
