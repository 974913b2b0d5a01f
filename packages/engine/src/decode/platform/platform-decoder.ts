import { LooperError, MalformedAudioError } from "../../errors.ts";
import { atSecond, Damage } from "../damage.ts";
import type { DecodeContext, DecodedChunk, Decoder, RecordedFormat } from "../decoder.ts";
import { CHUNK_FRAMES, LossyOutput } from "../lossy-output.ts";
import { supportedChannels, supportedSampleRate } from "../supported-audio.ts";
import { PacketIndex } from "./packet-index.ts";
import { type Packet, type PacketRange, packetRuns, readPackets } from "./packet-runs.ts";
import type { Edit, PacketPlace, PacketStream, Recording } from "./packet-stream.ts";
import { frameCount, type PacketDecoder, type PlatformFrames } from "./platform-audio.ts";
import { decodePackets, RunDecoder } from "./run-decoder.ts";

/** Packets to decode, after others whose output is discarded. */
interface DecodedRange extends PacketRange {
	readonly preroll: readonly Packet[];
	/** The first frame of the first packet, at the output rate. */
	readonly start: number;
}

/** Samples to play, and how far the stream is decoded, in frames at the output rate. */
interface DecodedPart {
	readonly samples: Float32Array;
	readonly position: number;
}

/**
 * Opens a stream of packets with the platform's decoder.
 *
 * @param damage - where the container reports its own; by default a new one
 * @throws LooperError `unsupported-format` if the platform lacks the codec or decodes only the beginning of packets.
 */
export async function openPlatformDecoder(
	stream: PacketStream,
	context: DecodeContext,
	damage: Damage = new Damage(context.strict),
): Promise<Decoder> {
	const decoder = await context.platformAudio.open(stream.codec);
	try {
		const format = await probe(stream, decoder);
		return new PlatformDecoder(stream, { decoder, format, damage, trimEncoderDelay: context.trimEncoderDelay });
	} catch (error) {
		decoder.close();
		throw error;
	}
}

/** The output rate and channels: HE-AAC may exceed the declared ones. */
async function probe(stream: PacketStream, decoder: PacketDecoder): Promise<RecordedFormat> {
	const { codec, name } = stream;
	const run = readPackets(stream, stream.packets(), stream.prerollPackets(false) + 1);
	const decoded = run.length === 0 ? null : await decodePackets(decoder, run);
	const sampleRate = supportedSampleRate(decoded?.sampleRate ?? codec.sampleRate, 0);
	if (
		stream.shortRemedy !== undefined &&
		frameCount(decoded) * codec.sampleRate === run.length * codec.packetFrames * sampleRate
	)
		throw new LooperError("unsupported-format", stream.shortRemedy);
	const channels = supportedChannels(decoded?.channelData.length ?? codec.channels, 0);
	return { name, sampleRate, channels, frames: Math.round((declaredFrames(stream) * sampleRate) / codec.sampleRate) };
}

function declaredFrames({ recording, edits, estimatedFrames }: PacketStream): number {
	if (edits !== undefined) return edits.reduce((sum, { frames }) => sum + frames, 0);
	return Math.max(0, Math.min(recording.frames, estimatedFrames - recording.start));
}

/**
 * Plays a stream of packets: its recording, or its edits in order. Damaged packets become silence, which keeps
 * everything else in time.
 *
 * Thread: loader.
 */
class PlatformDecoder implements Decoder {
	readonly format: RecordedFormat;
	readonly #stream: PacketStream;
	readonly #decoder: PacketDecoder;
	readonly #runs: RunDecoder;
	readonly #damage: Damage;
	readonly #output: LossyOutput;
	/** Output rate over declared rate: 2 for implicit spectral band replication. */
	readonly #rateFactor: number;
	readonly #prerollPackets: number;
	/** The stream without delay and padding, at the output rate. */
	readonly #recording: Recording;
	#soundPackets = 0;

	constructor(
		stream: PacketStream,
		parts: { decoder: PacketDecoder; format: RecordedFormat; damage: Damage; trimEncoderDelay: boolean },
	) {
		const { decoder, format, damage, trimEncoderDelay } = parts;
		this.#stream = stream;
		this.#decoder = decoder;
		this.#rateFactor = format.sampleRate / stream.codec.sampleRate;
		this.#prerollPackets = stream.prerollPackets(this.#rateFactor > 1);
		const { start, frames } = trimEncoderDelay ? stream.recording : { start: 0, frames: Number.POSITIVE_INFINITY };
		this.#recording = { start: this.#scaled(start), frames: this.#scaled(frames) };
		const isWhole = !trimEncoderDelay && stream.edits === undefined;
		this.format = isWhole ? { ...format, frames: this.#scaled(stream.estimatedFrames) } : format;
		this.#damage = damage;
		this.#output = new LossyOutput(this.format, damage);
		const rateFactor = this.#rateFactor;
		this.#runs = new RunDecoder(decoder, { format: this.format, rateFactor, prerollPackets: this.#prerollPackets });
	}

	get warnings(): readonly string[] {
		return this.#damage.warnings;
	}

	async *chunks(): AsyncGenerator<DecodedChunk, void, undefined> {
		const { edits, codec } = this.#stream;
		yield* edits === undefined ? this.#playRecording() : this.#playEdits(edits);
		if (this.#soundPackets > 0) return;
		throw new MalformedAudioError(0, `Nothing in the file can be decoded as ${codec.name}. Export it again.`);
	}

	close(): void {
		this.#decoder.close();
	}

	/** Decodes all packets in order, including those before and after the recording. */
	async *#playRecording(): AsyncGenerator<DecodedChunk, void, undefined> {
		const places = this.#stream.packets();
		const everything: DecodedRange = { preroll: [], places, start: 0, frames: Number.POSITIVE_INFINITY };
		const allFrames = this.#stream.estimatedFrames * this.#rateFactor;
		for await (const { samples, position } of this.#play(this.#recording, everything))
			yield { samples, fraction: Math.min(1, position / allFrames) };
	}

	/** Decodes only the packets of each edit and their preroll. */
	async *#playEdits(edits: readonly Edit[]): AsyncGenerator<DecodedChunk, void, undefined> {
		const index = new PacketIndex(this.#stream.packets());
		const chunk = (samples: Float32Array): DecodedChunk => {
			return { samples, fraction: Math.min(1, this.#output.position / this.format.frames) };
		};
		// Frames missing from an edit: silence if something follows, to keep it in time.
		let missing = 0;
		for (const { start, frames } of edits) {
			if (this.#runs.hasGivenUp) return;
			const pause = missing + (start === null ? this.#scaled(frames) : 0);
			for (const samples of this.#silence(pause)) yield chunk(samples);
			const end = this.#output.position + (start === null ? 0 : this.#scaled(frames));
			if (start !== null) {
				const part = { start: this.#scaled(start), frames: this.#scaled(frames) };
				const range = this.#rangeOf(index, start, frames);
				for await (const { samples } of this.#play(part, range)) yield chunk(samples);
			}
			missing = end - this.#output.position;
		}
	}

	#rangeOf(index: PacketIndex, start: number, frames: number): DecodedRange {
		const { preroll, places, start: packetStart } = index.entryAt(start, this.#prerollPackets);
		return {
			preroll: readPackets(this.#stream, preroll),
			places,
			start: this.#scaled(packetStart),
			frames: start + frames - packetStart,
		};
	}

	/** Decodes a range of packets and yields the wanted frames. */
	async *#play(wanted: Recording, range: DecodedRange): AsyncGenerator<DecodedPart, void, undefined> {
		let { preroll, start: position } = range;
		const onEnd = ({ byteOffset }: PacketPlace): void => this.#report(byteOffset, "The file ends inside a packet");
		for (const run of packetRuns(this.#stream, range, onEnd)) {
			for await (const { run: part, decoded } of this.#runs.decode(preroll, run)) {
				if (decoded === null) this.#report(part[0]!.byteOffset, "A damaged packet was replaced by silence");
				const gap = part.find((packet) => packet.isAfterGap);
				if (gap !== undefined) this.#report(gap.byteOffset, "Bytes that are no audio were skipped");
				if (decoded !== null) this.#soundPackets += part.length;
				const start = position;
				position += decoded === null ? this.#runs.framesOf(part) : frameCount(decoded);
				const cut = {
					start: Math.max(wanted.start, start) - start,
					end: Math.min(wanted.start + wanted.frames, position) - start,
				};
				for (const samples of this.#cut(decoded, cut, part[0]!.byteOffset)) yield { samples, position };
			}
			if (this.#runs.hasGivenUp) {
				if (this.#soundPackets > 0)
					this.#report(run[0]!.byteOffset, "Most packets are damaged and the rest was left out");
				return;
			}
			preroll = this.#runs.prerollAfter([...preroll, ...run]);
		}
	}

	/** Frames of a run, or silence of their length. */
	*#cut(
		decoded: PlatformFrames | null,
		{ start, end }: { start: number; end: number },
		byteOffset: number,
	): Generator<Float32Array, void, undefined> {
		if (decoded === null) {
			yield* this.#silence(end - start);
			return;
		}
		for (let at = start; at < end; at += CHUNK_FRAMES) {
			const piece = { channelData: decoded.channelData, start: at, end: Math.min(end, at + CHUNK_FRAMES) };
			yield this.#output.write(piece, byteOffset);
		}
	}

	*#silence(frames: number): Generator<Float32Array, void, undefined> {
		for (let at = 0; at < frames; at += CHUNK_FRAMES)
			yield this.#output.writeSilence(Math.min(CHUNK_FRAMES, frames - at));
	}

	#report(byteOffset: number, what: string): void {
		this.#damage.report(byteOffset, `${what} ${atSecond(this.#output.position, this.format.sampleRate)}.`);
	}

	/** Converts frames at the declared rate to frames at the output rate. */
	#scaled(frames: number): number {
		return Math.round(frames * this.#rateFactor);
	}
}
