import { MalformedAudioError } from "../../errors.ts";
import { atSecond, Damage } from "../damage.ts";
import type { DecodeContext, DecodedChunk, Decoder, RecordedFormat } from "../decoder.ts";
import { CHUNK_FRAMES, LossyOutput } from "../lossy-output.ts";
import { supportedChannels, supportedSampleRate } from "../supported-audio.ts";
import type { PacketPlace, PacketStream, Recording } from "./packet-stream.ts";
import { frameCount, type PacketDecoder, type PlatformFrames } from "./platform-audio.ts";

/** A packet in memory. */
interface Packet extends PacketPlace {
	readonly bytes: Uint8Array;
	/** The last one of a stream may have fewer frames than its container says. */
	readonly isLast: boolean;
}

/** Frames decoded in one call to the platform, at the declared rate. */
const RUN_FRAMES = CHUNK_FRAMES;
/** After so many refusals the rest of the file is not tried any more; a file of noise would take minutes. */
const MOST_REFUSALS = 1_000;

/**
 * Opens a stream of packets with the platform's decoder.
 *
 * @throws LooperError `unsupported-format` where the platform lacks the codec.
 */
export async function openPlatformDecoder(stream: PacketStream, context: DecodeContext): Promise<Decoder> {
	const decoder = await context.platformAudio.open(stream.codec);
	try {
		const format = await probe(stream, decoder);
		return new PlatformDecoder(stream, { decoder, format, context });
	} catch (error) {
		decoder.close();
		throw error;
	}
}

/** The rate and the channels that come out: HE-AAC gives more than its stream may declare. */
async function probe(stream: PacketStream, decoder: PacketDecoder): Promise<RecordedFormat> {
	const { codec, name, recording, estimatedFrames } = stream;
	const run = firstRun(stream);
	const decoded = run.length === 0 ? null : await decodePackets(decoder, run);
	const sampleRate = supportedSampleRate(decoded?.sampleRate ?? codec.sampleRate, 0);
	const channels = supportedChannels(decoded?.channelData.length ?? codec.channels, 0);
	const declared = Math.max(0, Math.min(recording.frames, estimatedFrames - recording.start));
	return { name, sampleRate, channels, frames: Math.round((declared * sampleRate) / codec.sampleRate) };
}

function firstRun(stream: PacketStream): Packet[] {
	const run: Packet[] = [];
	for (const place of stream.packets()) {
		const bytes = stream.read(place);
		if (bytes !== null) run.push({ ...place, bytes, isLast: false });
		if (bytes === null || run.length > stream.prerollPackets(false)) break;
	}
	return run;
}

async function decodePackets(decoder: PacketDecoder, packets: readonly Packet[]): Promise<PlatformFrames | null> {
	try {
		return await decoder.decode(packets.map(({ bytes }) => bytes));
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new MalformedAudioError(packets[0]?.byteOffset ?? 0, `The decoder failed on this file: ${reason}.`, {
			cause,
		});
	}
}

/**
 * Decodes a stream of packets in runs. A run that comes out too short is halved until its damaged packets stand alone:
 * those become silence, so that everything else stays in time.
 *
 * Thread: loader.
 */
class PlatformDecoder implements Decoder {
	readonly format: RecordedFormat;
	readonly #stream: PacketStream;
	readonly #decoder: PacketDecoder;
	readonly #damage: Damage;
	readonly #output: LossyOutput;
	/** Frames that come out for each declared one: 2 where a decoder doubles the rate. */
	readonly #rateFactor: number;
	readonly #prerollPackets: number;
	/** What is handed out, in frames that come out. */
	readonly #recording: Recording;
	/** Frames that came out so far, delay and padding included. */
	#position = 0;
	#soundPackets = 0;
	#refusals = 0;

	constructor(
		stream: PacketStream,
		parts: {
			decoder: PacketDecoder;
			format: RecordedFormat;
			context: Pick<DecodeContext, "strict" | "trimEncoderDelay">;
		},
	) {
		const { trimEncoderDelay, strict } = parts.context;
		this.#stream = stream;
		this.#decoder = parts.decoder;
		this.#rateFactor = parts.format.sampleRate / stream.codec.sampleRate;
		this.#prerollPackets = stream.prerollPackets(this.#rateFactor > 1);
		const { start, frames } = trimEncoderDelay ? stream.recording : { start: 0, frames: Number.POSITIVE_INFINITY };
		this.#recording = { start: Math.round(start * this.#rateFactor), frames: Math.round(frames * this.#rateFactor) };
		const allFrames = Math.round(stream.estimatedFrames * this.#rateFactor);
		this.format = trimEncoderDelay ? parts.format : { ...parts.format, frames: allFrames };
		this.#damage = new Damage(strict);
		this.#output = new LossyOutput(this.format, this.#damage);
	}

	get warnings(): readonly string[] {
		return this.#damage.warnings;
	}

	async *chunks(): AsyncGenerator<DecodedChunk, void, undefined> {
		let preroll: readonly Packet[] = [];
		for (const run of this.#runs()) {
			yield* this.#decodeRun(preroll, run);
			if (this.#refusals > MOST_REFUSALS) {
				if (this.#soundPackets > 0) this.#report(run[0]!.byteOffset, "Most packets are damaged; the rest was left out");
				break;
			}
			preroll = this.#prerollAfter([...preroll, ...run]);
		}
		if (this.#soundPackets > 0) return;
		throw new MalformedAudioError(0, `Nothing in the file can be decoded as ${this.#stream.codec.name}.`);
	}

	close(): void {
		this.#decoder.close();
	}

	/** Packets to be decoded in one call. */
	*#runs(): Generator<readonly Packet[], void, undefined> {
		let run: Packet[] = [];
		let frames = 0;
		for (const place of this.#stream.packets()) {
			const bytes = this.#stream.read(place);
			if (bytes === null) {
				yield run;
				this.#report(place.byteOffset, "The file ends inside a packet");
				return;
			}
			if (frames + place.frames > RUN_FRAMES && run.length > 0) {
				yield run;
				run = [];
				frames = 0;
			}
			run.push({ ...place, bytes, isLast: false });
			frames += place.frames;
		}
		yield run.map((packet, index) => ({ ...packet, isLast: index === run.length - 1 }));
	}

	/** Decodes a run, or the halves of one that is damaged. */
	async *#decodeRun(preroll: readonly Packet[], run: readonly Packet[]): AsyncGenerator<DecodedChunk, void, undefined> {
		if (run.length === 0) return;
		const decoded = await this.#tryDecode(preroll, run);
		if (decoded !== null) {
			yield* this.#write(run, decoded);
		} else if (run.length > 1 && this.#refusals <= MOST_REFUSALS) {
			const middle = run.length >> 1;
			const firstHalf = run.slice(0, middle);
			yield* this.#decodeRun(preroll, firstHalf);
			yield* this.#decodeRun(this.#prerollAfter([...preroll, ...firstHalf]), run.slice(middle));
		} else {
			// A packet after a damaged one lacks only what it shares with it.
			const alone = run.length === 1 && preroll.length > 0 ? await this.#tryDecode([], run) : null;
			if (alone === null) this.#report(run[0]!.byteOffset, "A damaged packet was replaced by silence");
			yield* this.#write(run, alone);
		}
	}

	/** @returns the frames of the run alone, null unless its packets have given all of theirs. */
	async #tryDecode(preroll: readonly Packet[], run: readonly Packet[]): Promise<PlatformFrames | null> {
		const packets = [...preroll, ...run];
		const decoded = await decodePackets(this.#decoder, packets);
		const { sampleRate, channels } = this.format;
		const missing = this.#framesOf(packets) - frameCount(decoded);
		// Alone: among others, it would not be told from a damaged one.
		const mayBeShort = run.length === 1 && run[0]!.isLast;
		const isWhole = missing === 0 || (mayBeShort && missing > 0 && missing < this.#framesOf(run));
		if (decoded === null || !isWhole || decoded.sampleRate !== sampleRate || decoded.channelData.length !== channels) {
			this.#refusals++;
			return null;
		}
		const start = this.#framesOf(preroll);
		return { sampleRate, channelData: decoded.channelData.map((channel) => channel.subarray(start)) };
	}

	#prerollAfter(packets: readonly Packet[]): readonly Packet[] {
		return packets.slice(Math.max(0, packets.length - this.#prerollPackets));
	}

	#framesOf(packets: readonly Packet[]): number {
		return packets.reduce((frames, packet) => frames + packet.frames, 0) * this.#rateFactor;
	}

	/** Hands out the part of a run's frames, or silence of its length, that belongs to the recording. */
	*#write(run: readonly Packet[], decoded: PlatformFrames | null): Generator<DecodedChunk, void, undefined> {
		const gap = run.find((packet) => packet.isAfterGap);
		if (gap !== undefined) this.#report(gap.byteOffset, "Bytes that are no audio were skipped");
		if (decoded !== null) this.#soundPackets += run.length;
		const { start, frames } = this.#recording;
		const runStart = this.#position;
		this.#position += decoded === null ? this.#framesOf(run) : frameCount(decoded);
		const from = Math.max(start, runStart);
		const end = Math.min(start + frames, this.#position);
		const fraction = Math.min(1, this.#position / (this.#stream.estimatedFrames * this.#rateFactor));
		for (let at = from; at < end; at += CHUNK_FRAMES) {
			const to = Math.min(end, at + CHUNK_FRAMES);
			const place = { start: at - runStart, end: to - runStart };
			const samples =
				decoded === null
					? this.#output.writeSilence(to - at)
					: this.#output.write({ channelData: decoded.channelData, ...place }, run[0]!.byteOffset);
			yield { samples, fraction };
		}
	}

	#report(byteOffset: number, what: string): void {
		const frame = Math.max(0, this.#position - this.#recording.start);
		this.#damage.report(byteOffset, `${what} ${atSecond(frame, this.format.sampleRate)}.`);
	}
}
