import * as parameters from "../../engine/src/protocol/parameters.ts";

/** A pulse on its first frame and silence behind it. */
export interface ModelVoice {
	readonly slot: number;
	readonly start: number;
	/** Frames of the sample. */
	readonly length: number;
	readonly velocity: number;
	readonly isLooping: boolean;
	readonly isPressed: boolean;
	/** Frames that a loop was in when it started, which fades it in. */
	readonly late: number;
	/** The last frame that it sounds in, which is the first of a release of one frame. */
	end: number;
}

/** What a pad waits for. */
export interface Wait {
	readonly action: "start" | "repeat" | "stop";
	readonly quantum: number;
	line: number;
}

/** A pad of the model: its parameters, and what it waits for. */
export class ModelPad {
	readonly values: Map<number, number> = new Map();
	isFilled = true;
	wait: Wait | null = null;
	velocity = 0;
	press = 0;
	startFrame = -1;
	isHeld = false;

	get(parameter: number): number {
		return this.values.get(parameter) ?? parameters.parameterDefault(parameter);
	}
}
