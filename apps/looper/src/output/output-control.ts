import type { AudioEngine } from "flitzis-looper";
import { Listeners } from "../instrument/listeners.ts";
import { messageOf, type Notices } from "../instrument/notices.ts";
import type { OutputSettings } from "./output-settings.ts";

/** What is needed of the engine; `AudioEngine` is one. */
export type OutputEngine = Pick<AudioEngine, "outputDevice" | "hasCueOutput" | "setOutputDevice">;

/** An output device, as the platform tells it. */
export interface OutputDevice {
	/** "" while the platform does not tell. */
	readonly id: string;
	readonly name: string;
}

/** What is needed of the page. */
export interface OutputPlatform {
	/** Whether a page can choose its output device. */
	readonly canChoose: boolean;
	/** The devices that there are. */
	listDevices(): Promise<readonly OutputDevice[]>;
	/** Asks for the right to know them; rejects when it is refused. */
	askForDevices(): Promise<void>;
	/** How many outputs the device has. */
	outputCount(): number;
	store(settings: OutputSettings): void;
}

/** Where the instrument sounds: the device, and the cue. */
export class OutputControl {
	readonly changes: Listeners<OutputControl> = new Listeners();
	readonly #engine: OutputEngine;
	readonly #platform: OutputPlatform;
	readonly #notices: Notices;
	/** As the engine was made. */
	readonly #started: OutputSettings;
	#settings: OutputSettings;
	#devices: readonly OutputDevice[] = [];
	#isLeaving = false;
	/** Moves of the sound, one after the other. */
	#move: Promise<void> = Promise.resolve();
	#problem: string | null = null;

	constructor(
		engine: OutputEngine,
		settings: OutputSettings,
		{ platform, notices }: { readonly platform: OutputPlatform; readonly notices: Notices },
	) {
		this.#engine = engine;
		this.#platform = platform;
		this.#notices = notices;
		this.#settings = settings;
		this.#started = settings;
	}

	get canChoose(): boolean {
		return this.#platform.canChoose;
	}

	get settings(): OutputSettings {
		return this.#settings;
	}

	/** The devices that can be chosen, the platform's default aside. */
	get devices(): readonly OutputDevice[] {
		return this.#devices.filter(({ id }) => id !== "" && id !== "default");
	}

	/** Id of the device that plays; "" is the platform's default. */
	get device(): string {
		return this.#engine.outputDevice;
	}

	/** Its name, as it was last known. */
	get deviceName(): string {
		const { device } = this;
		if (device === "") return "Default";
		const known = this.#devices.find(({ id }) => id === device)?.name ?? "";
		return known || this.#settings.deviceName || "Chosen device";
	}

	/** Whether the platform keeps its devices secret until it is asked. */
	get hidesDevices(): boolean {
		return this.canChoose && this.#devices.every(({ id }) => id === "");
	}

	/** Why the last choice came to nothing; null when it did not. */
	get problem(): string | null {
		return this.#problem;
	}

	/** What has become of the cue: a sentence, null while none is wanted and none is there. */
	get cueText(): string | null {
		const { hasCue } = this.#settings;
		const isNext = hasCue !== this.#started.hasCue;
		if (isNext) return "Takes effect when the instrument starts next.";
		if (!hasCue) return null;
		if (this.#engine.hasCueOutput) return "Pads with Cue on are heard on outputs 3 and 4.";
		return this.#platform.outputCount() >= 4
			? "Takes effect when the instrument starts next."
			: "This device has no outputs 3 and 4, so the cue is not heard.";
	}

	/** Tells when the device that was chosen earlier is not the one that plays. Call it when the engine runs. */
	async begin(): Promise<void> {
		const { device, deviceName } = this.#settings;
		if (device !== this.device) this.#tellDefault(`“${deviceName || "The chosen output"}” is not connected.`);
		await this.refresh();
	}

	/** Looks which devices there are; when the one that plays has gone, the default does. */
	async refresh(): Promise<void> {
		if (!this.canChoose) return;
		this.#devices = await this.#platform.listDevices().catch(() => []);
		const isGone = this.device !== "" && !this.hidesDevices && this.devices.every(({ id }) => id !== this.device);
		if (isGone) await this.leaveDevice();
		this.changes.notify(this);
	}

	/** Goes back to the default, because the device has failed. */
	async leaveDevice(): Promise<void> {
		// The context and the list of devices both tell of it.
		if (this.device === "" || this.#isLeaving) return;
		this.#isLeaving = true;
		const name = this.deviceName;
		try {
			await this.#engine.setOutputDevice("");
			this.#tellDefault(`“${name}” was disconnected.`);
		} catch (error) {
			this.#notices.tell("error", messageOf(error));
		} finally {
			this.#isLeaving = false;
		}
		this.changes.notify(this);
	}

	/** Moves the sound; `problem` says why when it stays where it was. @param id - "" is the platform's default */
	choose(id: string): Promise<void> {
		// Browsers may carry out two of them in the other order.
		this.#move = this.#move.then(() => this.#moveTo(id));
		return this.#move;
	}

	async #moveTo(id: string): Promise<void> {
		const name = this.#devices.find((device) => device.id === id)?.name ?? "";
		this.#problem = null;
		try {
			await this.#engine.setOutputDevice(id);
			this.#keep({ ...this.#settings, device: id, deviceName: name });
		} catch (error) {
			this.#problem = `The sound stays where it was. ${messageOf(error)}`;
		}
		this.changes.notify(this);
	}

	/** Asks the platform for its devices; `problem` says why when it keeps them secret. */
	async askForDevices(): Promise<void> {
		this.#problem = null;
		try {
			await this.#platform.askForDevices();
		} catch {
			const remedy = "Allow the microphone for this page in the browser's settings to choose an output here.";
			this.#problem = `The browser does not tell which outputs there are. ${remedy}`;
		}
		await this.refresh();
	}

	/** Wants a cue, or none, from the next start on. */
	setCue(hasCue: boolean): void {
		this.#keep({ ...this.#settings, hasCue });
		this.changes.notify(this);
	}

	#keep(settings: OutputSettings): void {
		this.#settings = settings;
		this.#platform.store(settings);
	}

	#tellDefault(what: string): void {
		this.#notices.tell("error", `${what} The default output plays. Connect the other one and choose it in Output.`);
	}
}
