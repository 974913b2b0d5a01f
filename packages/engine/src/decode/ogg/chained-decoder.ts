import {
	isLooperError,
	isMalformedAudio,
	type LooperError,
	type LooperErrorCode,
	MalformedAudioError,
} from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import type { Damage } from "../damage.ts";
import type { DecodeContext, DecodedChunk, Decoder, RecordedFormat } from "../decoder.ts";
import { isSameFormat, LinkConverter } from "./link-converter.ts";
import { findNextLink } from "./ogg-links.ts";

/** An opened link of a chained Ogg file; fractions are shares of the whole file. */
export interface OggLink extends Decoder {
	/** Offset of the next link; null if there is none. Known once the chunks have ended. */
	readonly nextOffset: number | null;
}

/** The inputs of a chained file's decoder. */
export interface ChainParts {
	readonly source: ByteSource;
	readonly damage: Damage;
	readonly context: Pick<DecodeContext, "loaderModule">;
	/** Name of the file's format. */
	readonly name: string;
	readonly openLink: OpenLink;
}

/**
 * Opens the link at an offset.
 *
 * @param damage - records the link's damage
 * @returns null for a link without a stream of this codec
 */
type OpenLink = (byteOffset: number, damage: Damage) => Promise<OggLink | null>;

/** Each link needs a decoder of its own; more links than this are a denial of service. */
const MAX_LINKS = 4_096;
/** Errors that skip a link; any other ends the load. */
const linkErrors: readonly LooperErrorCode[] = ["malformed-audio", "unsupported-format", "unsupported-channels"];

/**
 * Opens the links of an Ogg file, which play in order at the rate and channels of the first.
 *
 * @throws MalformedAudioError if none can be opened.
 */
export async function openChain(parts: ChainParts): Promise<Decoder> {
	const { source, damage, name, openLink } = parts;
	let firstError: MalformedAudioError | null = null;
	let offset: number | null = 0;
	for (let count = 0; offset !== null && count < MAX_LINKS; count++) {
		let what = "The end of a stream that begins before the file";
		try {
			const first = await openLink(offset, damage);
			if (first !== null) return new ChainedDecoder(parts, { first, firstOffset: offset });
		} catch (error) {
			if (!isMalformedAudio(error)) throw error;
			firstError ??= error;
			what = undecodable(error);
		}
		const next = findNextLink(source, offset);
		if (next !== null) damage.report(offset, `${what} was left out at 0.000 s.`);
		offset = next;
	}
	throw firstError ?? new MalformedAudioError(0, `The ${name} file has no valid first page. Export it again.`);
}

/** The first link of a chain that can be opened; it determines the file's format. */
interface FirstLink {
	readonly first: OggLink;
	readonly firstOffset: number;
}

/** Decodes the links in order. Thread: loader. */
class ChainedDecoder implements Decoder {
	readonly #parts: ChainParts & FirstLink;
	#frames = 0;
	/** A link was played to its end and produced frames. */
	#hasSound = false;
	#isComplete = false;
	/** Why the first skipped link could not be played. */
	#firstError: LooperError | null = null;

	constructor(parts: ChainParts, first: FirstLink) {
		this.#parts = { ...parts, ...first };
	}

	get format(): RecordedFormat {
		const { format } = this.#parts.first;
		return this.#isComplete ? { ...format, frames: this.#frames } : format;
	}

	get warnings(): readonly string[] {
		return this.#parts.damage.warnings;
	}

	async *chunks(): AsyncGenerator<DecodedChunk, void, undefined> {
		const { name, firstOffset } = this.#parts;
		let offset: number | null = firstOffset;
		for (let count = 0; offset !== null && count < MAX_LINKS; count++) offset = yield* this.#playAt(offset);
		if (!this.#hasSound) {
			throw (
				this.#firstError ??
				new MalformedAudioError(firstOffset, `Nothing in the ${name} file can be decoded. Export it again.`)
			);
		}
		if (offset !== null) this.#report(offset, `The streams after the first ${MAX_LINKS} were left out`);
		this.#isComplete = true;
	}

	close(): void {
		this.#parts.first.close();
	}

	/** @returns the offset of the next link */
	async *#playAt(offset: number): AsyncGenerator<DecodedChunk, number | null, undefined> {
		const { source, damage, first, firstOffset, openLink } = this.#parts;
		const second = this.#frames / first.format.sampleRate;
		try {
			const link = offset === firstOffset ? first : await openLink(offset, damage.startingAt(second));
			if (link !== null) {
				const before = this.#frames;
				yield* this.#play(link, offset);
				this.#hasSound ||= this.#frames > before;
				return link.nextOffset;
			}
			this.#report(offset, "A further stream was left out");
		} catch (error) {
			if (damage.isStrict || !isLinkError(error)) throw error;
			this.#firstError ??= error;
			this.#report(offset, `${undecodable(error)} was left out`);
		}
		return findNextLink(source, offset);
	}

	async *#play(link: OggLink, offset: number): AsyncGenerator<DecodedChunk, void, undefined> {
		const { first, context } = this.#parts;
		const formats = { from: link.format, to: first.format };
		const converter = isSameFormat(formats.from, formats.to) ? null : new LinkConverter(context.loaderModule, formats);
		let fraction = 0;
		let isTold = false;
		try {
			for await (const chunk of link.chunks()) {
				fraction = chunk.fraction;
				if (converter === null) {
					yield this.#counted(chunk);
					continue;
				}
				if (!isTold) this.#report(offset, `A further stream was ${converter.description}`);
				isTold = true;
				for (const samples of converter.convert(chunk.samples)) yield this.#counted({ samples, fraction });
			}
			for (const samples of converter?.finish() ?? []) yield this.#counted({ samples, fraction });
		} finally {
			if (link !== first) link.close();
		}
	}

	#counted(chunk: DecodedChunk): DecodedChunk {
		this.#frames += chunk.samples.length / this.#parts.first.format.channels;
		return chunk;
	}

	#report(byteOffset: number, what: string): void {
		const { damage, first } = this.#parts;
		damage.report(byteOffset, `${what} ${damage.at(this.#frames, first.format.sampleRate)}.`);
	}
}

function undecodable(error: LooperError): string {
	return `A stream that cannot be decoded (${error.message.replace(/\.$/, "")})`;
}

function isLinkError(error: unknown): error is LooperError {
	return isLooperError(error) && linkErrors.includes(error.code);
}
