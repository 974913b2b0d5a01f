import { MalformedAudioError } from "../../errors.ts";
import type { RecordedFormat } from "../decoder.ts";
import type { Packet } from "./packet-runs.ts";
import { frameCount, type PacketDecoder, type PlatformFrames } from "./platform-audio.ts";

/** A run, or a part of one, and its frames; null for damaged packets. */
interface DecodedRun {
	readonly run: readonly Packet[];
	readonly decoded: PlatformFrames | null;
}

/** Rejections before the rest of the file is skipped; a file of noise would take minutes. */
const MAX_REFUSALS = 1_000;

/** @throws MalformedAudioError if the decoder crashed. */
export async function decodePackets(
	decoder: PacketDecoder,
	packets: readonly Packet[],
): Promise<PlatformFrames | null> {
	try {
		return await decoder.decode(packets.map(({ bytes }) => bytes));
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new MalformedAudioError(packets[0]?.byteOffset ?? 0, `The decoder failed on this file. ${reason}`, {
			cause,
		});
	}
}

/**
 * Decodes runs of packets. A run with missing frames is halved until its damaged packets are isolated.
 *
 * Thread: loader.
 */
export class RunDecoder {
	readonly #decoder: PacketDecoder;
	readonly #format: RecordedFormat;
	readonly #rateFactor: number;
	readonly #prerollPackets: number;
	#refusals = 0;

	/** @param rateFactor - the output rate over the declared rate */
	constructor(decoder: PacketDecoder, output: { format: RecordedFormat; rateFactor: number; prerollPackets: number }) {
		this.#decoder = decoder;
		this.#format = output.format;
		this.#rateFactor = output.rateFactor;
		this.#prerollPackets = output.prerollPackets;
	}

	/** Too many rejections: the rest is skipped. */
	get hasGivenUp(): boolean {
		return this.#refusals > MAX_REFUSALS;
	}

	/** Decodes a run after its preroll; a damaged run in halves. */
	async *decode(preroll: readonly Packet[], run: readonly Packet[]): AsyncGenerator<DecodedRun, void, undefined> {
		if (run.length === 0) return;
		const decoded = await this.#tryDecode(preroll, run);
		if (decoded !== null) {
			yield { run, decoded };
		} else if (run.length > 1 && !this.hasGivenUp) {
			const middle = run.length >> 1;
			const firstHalf = run.slice(0, middle);
			yield* this.decode(preroll, firstHalf);
			yield* this.decode(this.prerollAfter([...preroll, ...firstHalf]), run.slice(middle));
		} else {
			// A packet after a damaged one only lacks their overlap.
			const isAlone = run.length === 1 && preroll.length > 0;
			yield { run, decoded: isAlone ? await this.#tryDecode([], run) : null };
		}
	}

	/** The preroll for the packets after the given ones. */
	prerollAfter(packets: readonly Packet[]): readonly Packet[] {
		return packets.slice(Math.max(0, packets.length - this.#prerollPackets));
	}

	/** Frames of packets at the output rate. */
	framesOf(packets: readonly Packet[]): number {
		return packets.reduce((frames, packet) => frames + packet.frames, 0) * this.#rateFactor;
	}

	/** @returns the frames of the run alone, null unless all its packets are complete. */
	async #tryDecode(preroll: readonly Packet[], run: readonly Packet[]): Promise<PlatformFrames | null> {
		const packets = [...preroll, ...run];
		const decoded = await decodePackets(this.#decoder, packets);
		const { sampleRate, channels } = this.#format;
		const missing = this.framesOf(packets) - frameCount(decoded);
		// Only alone: within a run it could not be told from a damaged packet.
		const mayBeShort = run.length === 1 && run[0]!.isLast;
		const isWhole = missing === 0 || (mayBeShort && missing > 0 && missing < this.framesOf(run));
		if (decoded === null || !isWhole || decoded.sampleRate !== sampleRate || decoded.channelData.length !== channels) {
			this.#refusals++;
			return null;
		}
		const start = this.framesOf(preroll);
		return { sampleRate, channelData: decoded.channelData.map((channel) => channel.subarray(start)) };
	}
}
