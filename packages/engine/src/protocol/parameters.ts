/**
 * Parameters: state of a pad, of the transport or of the master, of which only value and frame matter. `SET_PARAMETER` sets any of them.
 *
 * Numbered here for both compilers; `playback/parameter-table.ts` gives each its name, unit, range and default, which is 0 here
 * unless `parameterDefault` says otherwise.
 */

// Of a pad.
/** Decibels, -200 and less is silence. */
export const PAD_GAIN: i32 = 0;
/** 1 = a launch goes round until it is stopped, 0 = it plays once. */
export const PAD_LOOP: i32 = 1;
/** One of the LAUNCH constants. */
export const PAD_LAUNCH_MODE: i32 = 2;
/** -1 = left, 0 = middle, 1 = right. */
export const PAD_PAN: i32 = 3;
/** 1 = muted: the position runs on. */
export const PAD_MUTE: i32 = 4;
/** Frames of the source file, the end exclusive; both 0 = the whole sample. */
export const PAD_LOOP_START: i32 = 5;
export const PAD_LOOP_END: i32 = 6;
/** Seconds over which a loop's end fades into what lies before its start. */
export const PAD_SEAM_FADE: i32 = 7;
/** Factor, MIN_RATE..MAX_RATE. */
export const PAD_SPEED: i32 = 8;
/** Of pitch and speed together; not under a sync. */
export const PAD_SEMITONES: i32 = 9;
export const PAD_CENTS: i32 = 10;
/** 1 = backwards. */
export const PAD_REVERSE: i32 = 11;
/** One of the SYNC constants. */
export const PAD_SYNC: i32 = 12;
/** How many beats the loop is; 0 = not known. */
export const PAD_LENGTH_BEATS: i32 = 13;
/** Beats between the lines that a launch or a stop waits for; 0 = none, GLOBAL_QUANTUM = the transport's. */
export const PAD_LAUNCH_QUANTUM: i32 = 14;
export const PAD_STOP_QUANTUM: i32 = 15;
/** 1 = each press of a one-shot has its own voice, 0 = it restarts. */
export const PAD_RETRIGGER: i32 = 16;
/** 1 = a launch takes over the phase of what its choke group plays. */
export const PAD_LEGATO: i32 = 17;
/** 0 = none, 1..MAX_CHOKE_GROUP: one of a group sounds. */
export const PAD_CHOKE_GROUP: i32 = 18;
/** 1 = presses are refused; what sounds goes on. */
export const PAD_TRIGGER_MUTE: i32 = 19;
/** 1 = every pad that is not soloed is muted. */
export const PAD_SOLO: i32 = 20;
/** 1 = the pad is heard on the cue bus, too. */
export const PAD_CUE: i32 = 21;
/** Decibels of the equalizer's bands, -200 and less is silence. */
export const PAD_EQ_LOW: i32 = 22;
export const PAD_EQ_MID: i32 = 23;
export const PAD_EQ_HIGH: i32 = 24;
/** How many there are. */
export const PAD_PARAMETERS: i32 = 25;

// Of the master and the transport, beginning with MASTER_PARAMETER.
export const MASTER_PARAMETER: i32 = 128;
/** Decibels, -200 and less is silence. */
export const MASTER_GAIN: i32 = 128;
export const MASTER_LIMITER: i32 = 129;
/** Decibels, MIN_CEILING..0. */
export const MASTER_LIMITER_CEILING: i32 = 130;
/** Beats per minute, MIN_TEMPO..MAX_TEMPO. */
export const TRANSPORT_TEMPO: i32 = 131;
/** 1..MAX_BEATS_PER_BAR */
export const TRANSPORT_BEATS_PER_BAR: i32 = 132;
/** Beats between the lines that pads of a global quantum wait for; 0 = none. */
export const TRANSPORT_QUANTUM: i32 = 133;
/** Seconds by which a press may come late and still start at once. */
export const TRANSPORT_LATE_WINDOW: i32 = 134;
/** 1 = starting a pad chokes every other. */
export const TRANSPORT_EXCLUSIVE: i32 = 135;
export const TRANSPORT_METRONOME: i32 = 136;
/** Decibels, -200 and less is silence. */
export const TRANSPORT_METRONOME_GAIN: i32 = 137;
/** One past the last. */
export const MASTER_PARAMETERS_END: i32 = 138;

/** A press starts. */
export const LAUNCH_TRIGGER: i32 = 0;
/** Sounds while the pad is held. */
export const LAUNCH_GATE: i32 = 1;
/** A press starts, the next one stops. */
export const LAUNCH_TOGGLE: i32 = 2;
/** Starts again on every line while the pad is held. */
export const LAUNCH_REPEAT: i32 = 3;

/** The pad has its own speed. */
export const SYNC_OFF: i32 = 0;
/** The rate follows the tempo. */
export const SYNC_REPITCH: i32 = 1;
/** The slices follow the tempo; until a sample has any, as SYNC_REPITCH. */
export const SYNC_SLICES: i32 = 2;

export const GLOBAL_QUANTUM: f64 = -1;
export const MIN_RATE: f64 = 0.25;
export const MAX_RATE: f64 = 4;
export const MAX_SEMITONES: f64 = 48;
export const MAX_CENTS: f64 = 100;
export const MAX_SEAM_FADE: f64 = 1;
export const MAX_CHOKE_GROUP: f64 = 16;
/** Of a loop and of a quantum. */
export const MIN_BEATS: f64 = 0.03125;
export const MAX_BEATS: f64 = 4096;
/** Of a loop point: the longest sample there can be. */
export const MAX_LOOP_FRAME: f64 = 4_294_967_296;
export const MIN_CEILING: f64 = -24;
export const MIN_TEMPO: f64 = 20;
export const MAX_TEMPO: f64 = 400;
export const MAX_BEATS_PER_BAR: f64 = 16;
export const MAX_LATE_WINDOW: f64 = 1;
/** The last beat that the transport can be moved to. */
export const MAX_BEAT: f64 = 1_000_000_000;

/** What a parameter is at first. */
export function parameterDefault(parameter: i32): f64 {
	switch (parameter) {
		case PAD_SPEED:
		case PAD_RETRIGGER:
			return 1;
		case PAD_LAUNCH_QUANTUM:
		case PAD_STOP_QUANTUM:
			return GLOBAL_QUANTUM;
		case MASTER_LIMITER_CEILING:
			return -1;
		case TRANSPORT_TEMPO:
			return 120;
		case TRANSPORT_BEATS_PER_BAR:
			return 4;
		case TRANSPORT_LATE_WINDOW:
			return 0.08;
		case TRANSPORT_METRONOME_GAIN:
			return -12;
		default:
			return 0;
	}
}
