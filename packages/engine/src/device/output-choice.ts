import { LooperError } from "../errors.ts";

/** The part of a Web Audio context that has to do with its output device. */
export interface OutputContext {
	readonly destination: {
		readonly maxChannelCount?: number;
		channelCount?: number;
		channelInterpretation?: "discrete" | "speakers";
	};
	/** Not of every platform, and not of offline contexts. */
	setSinkId?(id: string): Promise<unknown>;
}

const STEREO = 2;
const WITH_CUE = 4;

/** Which device a context plays on, and which of the engine's channels it plays. Thread: control. */
export class OutputChoice {
	readonly #context: OutputContext;
	readonly #isOwn: boolean;
	readonly #wantsCue: boolean;
	#channels: typeof STEREO | typeof WITH_CUE = STEREO;
	#id = "";

	/** @param options.isOwn - whether the context is the engine's; @param options.wantsCue - whether it plays the cue bus if it can */
	constructor(context: OutputContext, options: { readonly isOwn: boolean; readonly wantsCue: boolean }) {
		this.#context = context;
		this.#isOwn = options.isOwn;
		this.#wantsCue = options.wantsCue;
	}

	/** The device's id; "" is the platform's default. */
	get id(): string {
		return this.#id;
	}

	/** Whether the cue bus is heard on outputs 3 and 4. */
	get hasCue(): boolean {
		return this.#isOwn && this.#channels === WITH_CUE && this.#hasFourOutputs;
	}

	/**
	 * Moves the sound to another device; where that fails it stays where it was.
	 *
	 * @throws LooperError `unsupported-platform` or `device-unavailable`.
	 */
	async choose(id: string): Promise<void> {
		if (id === this.#id) return;
		if (!this.#isOwn || typeof this.#context.setSinkId !== "function") throw cannotChoose(this.#isOwn);
		try {
			await this.#context.setSinkId(id);
		} catch (cause) {
			const message = `The output device ${JSON.stringify(id)} cannot be played on (${String(cause)}). Connect it, or choose another one.`;
			throw new LooperError("device-unavailable", message, { cause });
		}
		this.#id = id;
		this.#useOutputs();
	}

	/** @returns how many channels the engine's node has: four where the cue bus is wanted and has outputs. */
	openChannels(): typeof STEREO | typeof WITH_CUE {
		if (this.#wantsCue && (!this.#isOwn || this.#hasFourOutputs)) this.#channels = WITH_CUE;
		this.#useOutputs();
		return this.#channels;
	}

	get #hasFourOutputs(): boolean {
		return (this.#context.destination.maxChannelCount ?? STEREO) >= WITH_CUE;
	}

	#useOutputs(): void {
		if (!this.#isOwn || this.#channels === STEREO) return;
		const { destination } = this.#context;
		destination.channelCount = this.#hasFourOutputs ? WITH_CUE : STEREO;
		// On two outputs the cue bus is left out; played as "speakers" it would be mixed into the sound.
		destination.channelInterpretation = this.#hasFourOutputs ? "speakers" : "discrete";
	}
}

function cannotChoose(isOwn: boolean): LooperError {
	const message = isOwn
		? "This platform cannot choose an output device. Choose it in the system's sound settings."
		: "The context is the caller's, and so is its output device. Call setSinkId of the context.";
	return new LooperError("unsupported-platform", message);
}
