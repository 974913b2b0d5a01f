/** Parameters: what each of them acts on. */
import {
	MASTER_GAIN,
	MASTER_LIMITER,
	MASTER_LIMITER_CEILING,
	MASTER_PARAMETER,
	MASTER_PARAMETERS_END,
	PAD_CENTS,
	PAD_CUE,
	PAD_EQ_HIGH,
	PAD_EQ_LOW,
	PAD_EQ_MID,
	PAD_GAIN,
	PAD_LAUNCH_MODE,
	PAD_LENGTH_BEATS,
	PAD_LOOP_END,
	PAD_LOOP_START,
	PAD_MUTE,
	PAD_PAN,
	PAD_PARAMETERS,
	PAD_REVERSE,
	PAD_SEAM_FADE,
	PAD_SEMITONES,
	PAD_SOLO,
	PAD_SPEED,
	PAD_SYNC,
	TRANSPORT_BEATS_PER_BAR,
	TRANSPORT_METRONOME,
	TRANSPORT_METRONOME_GAIN,
	TRANSPORT_TEMPO,
} from "../../../engine/src/protocol/parameters";
import { HIGH_BAND, LOW_BAND, MIDDLE_BAND } from "./equalizer";
import { audible, gainFromDecibels } from "./gain";
import { setCeiling, switchLimiter } from "./limiter";
import { setMasterGain } from "./master";
import { isMetronomeBusy, setMetronome, setMetronomeGain } from "./metronome";
import { refit } from "./pad-moves";
import { followTempo, updateRates } from "./pad-playhead";
import { endRepeat } from "./pad-queue";
import { isInRange } from "./parameter-range";
import { keepMasterParameter, keepPadParameter, padParameter } from "./parameter-values";
import { slotLimit } from "./samples";
import { sliceCount } from "./slices";
import { hasSounded, setCued, setStripBand } from "./strip";
import { setMuted, setOpenGain, setSoloed } from "./strip-gain";
import { setBeatsPerBar, setTempo } from "./transport";

/** Sets a parameter. @returns false if slot, parameter or value is out of range; nothing has changed then */
export function setParameter(slot: u32, parameter: u32, value: f64): bool {
	if (parameter >= <u32>MASTER_PARAMETER) return setMasterParameter(parameter, value);
	if (slot >= slotLimit() || parameter >= <u32>PAD_PARAMETERS || !isInRange(parameter, value)) return false;
	keepPadParameter(slot, parameter, value);
	act(slot, parameter, value);
	return true;
}

function act(slot: u32, parameter: u32, value: f64): void {
	switch (parameter) {
		case PAD_GAIN:
		case PAD_PAN:
			updateGain(slot);
			break;
		case PAD_MUTE:
			setMuted(slot, value != 0);
			break;
		case PAD_SOLO:
			setSoloed(slot, value != 0);
			break;
		case PAD_CUE:
			setCued(slot, value != 0);
			break;
		case PAD_EQ_LOW:
			setStripBand(slot, LOW_BAND, audible(gainFromDecibels(value)));
			break;
		case PAD_EQ_MID:
			setStripBand(slot, MIDDLE_BAND, audible(gainFromDecibels(value)));
			break;
		case PAD_EQ_HIGH:
			setStripBand(slot, HIGH_BAND, audible(gainFromDecibels(value)));
			break;
		case PAD_LAUNCH_MODE:
			endRepeat(slot);
			break;
		case PAD_SPEED:
		case PAD_SEMITONES:
		case PAD_CENTS:
			updateRates(slot);
			break;
		case PAD_SYNC:
			if (sliceCount(slot) > 0) refit(slot);
			else updateRates(slot);
			break;
		case PAD_LOOP_START:
		case PAD_LOOP_END:
		case PAD_SEAM_FADE:
		case PAD_REVERSE:
		case PAD_LENGTH_BEATS:
			refit(slot);
			break;
	}
}

function setMasterParameter(parameter: u32, value: f64): bool {
	if (parameter >= <u32>MASTER_PARAMETERS_END || !isInRange(parameter, value)) return false;
	keepMasterParameter(parameter, value);
	actOnMaster(parameter, value);
	return true;
}

function actOnMaster(parameter: u32, value: f64): void {
	switch (parameter) {
		case MASTER_GAIN:
			setMasterGain(gainFromDecibels(value), hasSounded() || isMetronomeBusy());
			break;
		case MASTER_LIMITER:
			switchLimiter(value != 0, hasSounded() || isMetronomeBusy());
			break;
		case MASTER_LIMITER_CEILING:
			setCeiling(gainFromDecibels(value));
			break;
		case TRANSPORT_TEMPO:
			setTempo(value);
			followTempo();
			break;
		case TRANSPORT_BEATS_PER_BAR:
			setBeatsPerBar(value);
			break;
		case TRANSPORT_METRONOME:
			setMetronome(value != 0);
			break;
		case TRANSPORT_METRONOME_GAIN:
			setMetronomeGain(value);
			break;
	}
}

function updateGain(slot: u32): void {
	const gain: f64 = gainFromDecibels(padParameter(slot, PAD_GAIN));
	const pan = padParameter(slot, PAD_PAN);
	const left = <f32>(gain * min<f64>(1 - pan, 1));
	const right = <f32>(gain * min<f64>(1 + pan, 1));
	setOpenGain(slot, audible(left), audible(right));
}
