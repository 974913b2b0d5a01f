import type { OggPage } from "./ogg-pages.ts";

/** Longer packets (comments with pictures, or denial of service) are truncated to this. */
const MAX_PACKET_BYTES = 2 ** 20;

/** Assembles the packets of one stream from its pages. */
export class OggPackets {
	/** The parts of a packet in earlier pages. */
	#begun: Uint8Array[] = [];
	#begunBytes = 0;
	/** Skips the rest of a packet whose beginning is lost. */
	#isInPacket = false;

	/** Discards an incomplete packet because pages are missing. */
	interrupt(): void {
		this.#forget();
		this.#isInPacket = false;
	}

	/**
	 * The packets that end in a page, each truncated to 1 MiB; those entirely within it are views of the page and valid as
	 * long as it is.
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
		// A copy: the page is overwritten before the packet is complete.
		const kept = part.slice(0, MAX_PACKET_BYTES - this.#begunBytes);
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
