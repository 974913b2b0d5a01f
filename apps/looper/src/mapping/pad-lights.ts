import type { Activity } from "flitzis-looper";
import { type LightProfile, lightProfiles, type PadLight } from "../midi/light-profiles.ts";
import type { MidiPorts } from "../midi/midi-ports.ts";
import type { NoteControl } from "./control.ts";
import { type MappingActions, padOf } from "./mapping-actions.ts";
import type { MappingDocument } from "./mapping-document.ts";
import type { PadReference } from "./pad-reference.ts";

/** A light of a device. */
interface Light {
	readonly device: string;
	readonly profile: LightProfile;
	readonly control: NoteControl;
	readonly pad: PadReference;
	/** What the device was told last; null when nothing yet. */
	shown: PadLight | null;
	wasBlinkOn: boolean;
}

/** Shows on controllers what the pads do that their notes play. */
export class PadLights {
	readonly #ports: MidiPorts;
	readonly #actions: MappingActions;
	#lights: readonly Light[] = [];

	constructor(ports: MidiPorts, actions: MappingActions) {
		this.#ports = ports;
		this.#actions = actions;
	}

	/** Lights the devices that are there, by a mapping. All lights are sent again. */
	arrange({ bindings, lights }: MappingDocument): void {
		this.darken();
		this.#lights = lights
			.filter(({ device }) => this.#ports.hasOutput(device))
			.flatMap(({ device, profile }) =>
				bindings.flatMap(({ control, target }): readonly Light[] => {
					if (control.type !== "note" || target.type !== "press") return [];
					if (control.device !== null && control.device !== device) return [];
					const { pad } = target;
					return [{ device, profile: lightProfiles[profile], control, pad, shown: null, wasBlinkOn: true }];
				}),
			);
	}

	/** Puts all lights out. */
	darken(): void {
		for (const light of this.#lights) if (light.shown !== null) this.#tell(light, "empty", false);
		this.#lights = [];
	}

	/** Shows what the pads do; sends only what has changed. @param hasSample - whether a pad has something to play */
	show(activity: Activity, hasSample: (pad: number) => boolean): void {
		const isBlinkOn = Math.floor(2 * activity.beat) % 2 === 0;
		for (const light of this.#lights) {
			const pad = padOf(light.pad, this.#actions);
			const wanted = pad === null ? "empty" : lightOf(activity, pad, hasSample(pad));
			const isOther = wanted !== light.shown;
			const hasBlinked = wanted === "queued" && light.profile.isBlinking && isBlinkOn !== light.wasBlinkOn;
			if (isOther || hasBlinked) this.#tell(light, wanted, isBlinkOn);
		}
	}

	#tell(light: Light, shown: PadLight, isBlinkOn: boolean): void {
		light.shown = shown;
		light.wasBlinkOn = isBlinkOn;
		const { device, profile, control } = light;
		this.#ports.send(device, profile.message(shown, control.note, control.channel, isBlinkOn));
	}
}

/** "playing", "queued" and "stopping", as an activity numbers them. */
const [playing, queued, stopping] = [1, 2, 3];

function lightOf({ padState, queuedBeat }: Activity, pad: number, hasSample: boolean): PadLight {
	const state = padState[pad];
	if (state === queued || state === stopping) return "queued";
	// A pad that plays on waits for its restart.
	if (state === playing) return Number.isNaN(queuedBeat[pad]) ? "playing" : "queued";
	return hasSample ? "ready" : "empty";
}
