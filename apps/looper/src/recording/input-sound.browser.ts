import type { Choice } from "../choice/choice.ts";

/** Frames that the meter looks at: more than pass between two animation frames. */
const meterFrames = 2048;

/** An input of the computer: its stream, and its level. */
export class InputSound {
	readonly #context: AudioContext;
	readonly #samples: Float32Array<ArrayBuffer> = new Float32Array(meterFrames);
	/** Counts what was opened or closed, so that an input that comes late is known. */
	#turn = 0;
	#stream: MediaStream | null = null;
	#source: MediaStreamAudioSourceNode | null = null;
	#analyser: AnalyserNode | null = null;

	/** @param context - the one that the engine plays in */
	constructor(context: AudioContext) {
		this.#context = context;
	}

	/** The opened input; null while none is. */
	get stream(): MediaStream | null {
		return this.#stream;
	}

	/** The device of the opened input; "" for none. */
	get device(): string {
		return this.#stream?.getAudioTracks()[0]?.getSettings().deviceId ?? "";
	}

	/**
	 * Opens an input as it is, without the browser's processing of speech. The browser may ask the performer.
	 *
	 * @param device - its id; "" for the system's own choice
	 * @returns whether it is open: not when another one was opened, or it was closed, while the browser asked
	 * @throws the platform's error
	 */
	async open(device: string): Promise<boolean> {
		this.close();
		const turn = this.#turn;
		const stream = await navigator.mediaDevices.getUserMedia({
			audio: {
				...(device === "" ? {} : { deviceId: { exact: device } }),
				channelCount: { ideal: 2 },
				echoCancellation: false,
				noiseSuppression: false,
				autoGainControl: false,
			},
		});
		if (turn !== this.#turn) {
			for (const track of stream.getTracks()) track.stop();
			return false;
		}
		this.#stream = stream;
		this.#source = this.#context.createMediaStreamSource(stream);
		this.#analyser = new AnalyserNode(this.#context, { fftSize: meterFrames });
		this.#source.connect(this.#analyser);
		return true;
	}

	/** The inputs that there are. Their names are known once one has been opened. */
	async devices(): Promise<readonly Choice[]> {
		const devices = await navigator.mediaDevices.enumerateDevices();
		return devices
			.filter(({ kind, deviceId }) => kind === "audioinput" && deviceId !== "")
			.map(({ deviceId, label }, index) => ({ value: deviceId, text: label === "" ? `Input ${index + 1}` : label }));
	}

	/** The highest absolute sample of the latest frames. */
	peak(): number {
		if (this.#analyser === null) return 0;
		this.#analyser.getFloatTimeDomainData(this.#samples);
		return this.#samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
	}

	/** Lets the input go. */
	close(): void {
		this.#turn++;
		this.#source?.disconnect();
		for (const track of this.#stream?.getTracks() ?? []) track.stop();
		this.#stream = null;
		this.#source = null;
		this.#analyser = null;
	}
}
