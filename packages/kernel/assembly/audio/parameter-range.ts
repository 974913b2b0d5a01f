import {
	GLOBAL_QUANTUM,
	LAUNCH_REPEAT,
	MASTER_GAIN,
	MASTER_LIMITER_CEILING,
	MAX_BEATS,
	MAX_BEATS_PER_BAR,
	MAX_CENTS,
	MAX_CHOKE_GROUP,
	MAX_LATE_WINDOW,
	MAX_LOOP_FRAME,
	MAX_RATE,
	MAX_SEAM_FADE,
	MAX_SEMITONES,
	MAX_TEMPO,
	MIN_BEATS,
	MIN_CEILING,
	MIN_RATE,
	MIN_TEMPO,
	PAD_CENTS,
	PAD_CHOKE_GROUP,
	PAD_EQ_HIGH,
	PAD_EQ_LOW,
	PAD_EQ_MID,
	PAD_GAIN,
	PAD_LAUNCH_MODE,
	PAD_LAUNCH_QUANTUM,
	PAD_LENGTH_BEATS,
	PAD_LOOP_END,
	PAD_LOOP_START,
	PAD_PAN,
	PAD_SEAM_FADE,
	PAD_SEMITONES,
	PAD_SPEED,
	PAD_STOP_QUANTUM,
	PAD_SYNC,
	SYNC_SLICES,
	TRANSPORT_BEATS_PER_BAR,
	TRANSPORT_LATE_WINDOW,
	TRANSPORT_METRONOME_GAIN,
	TRANSPORT_QUANTUM,
	TRANSPORT_TEMPO,
} from "../../../engine/src/protocol/parameters";
import { gainFromDecibels } from "./gain";

/** Whether a parameter may be set to a value; false for NaN. Those without a range of their own are switches. */
export function isInRange(parameter: u32, value: f64): bool {
	switch (parameter) {
		case PAD_GAIN:
		case PAD_EQ_LOW:
		case PAD_EQ_MID:
		case PAD_EQ_HIGH:
		case MASTER_GAIN:
		case TRANSPORT_METRONOME_GAIN:
			return isFinite(gainFromDecibels(value));
		case PAD_PAN:
			return value >= -1 && value <= 1;
		case PAD_LAUNCH_MODE:
			return isWhole(value, 0, LAUNCH_REPEAT);
		case PAD_LOOP_START:
		case PAD_LOOP_END:
			return value >= 0 && value <= MAX_LOOP_FRAME;
		case PAD_SEAM_FADE:
			return value >= 0 && value <= MAX_SEAM_FADE;
		case PAD_SPEED:
			return value >= MIN_RATE && value <= MAX_RATE;
		case PAD_SEMITONES:
			return value >= -MAX_SEMITONES && value <= MAX_SEMITONES;
		case PAD_CENTS:
			return value >= -MAX_CENTS && value <= MAX_CENTS;
		case PAD_SYNC:
			return isWhole(value, 0, SYNC_SLICES);
		case PAD_LAUNCH_QUANTUM:
		case PAD_STOP_QUANTUM:
			return value == GLOBAL_QUANTUM || isBeats(value);
		case PAD_LENGTH_BEATS:
		case TRANSPORT_QUANTUM:
			return isBeats(value);
		case PAD_CHOKE_GROUP:
			return isWhole(value, 0, MAX_CHOKE_GROUP);
		case MASTER_LIMITER_CEILING:
			return value >= MIN_CEILING && value <= 0;
		case TRANSPORT_TEMPO:
			return value >= MIN_TEMPO && value <= MAX_TEMPO;
		case TRANSPORT_BEATS_PER_BAR:
			return isWhole(value, 1, MAX_BEATS_PER_BAR);
		case TRANSPORT_LATE_WINDOW:
			return value >= 0 && value <= MAX_LATE_WINDOW;
		default:
			return value == 0 || value == 1;
	}
}

function isBeats(value: f64): bool {
	return value == 0 || (value >= MIN_BEATS && value <= MAX_BEATS);
}

function isWhole(value: f64, from: f64, to: f64): bool {
	return value >= from && value <= to && floor(value) == value;
}
