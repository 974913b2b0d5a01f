/** The values of all parameters, as they were set last. */
import {
	MASTER_PARAMETER,
	MASTER_PARAMETERS_END,
	PAD_PARAMETERS,
	parameterDefault,
} from "../../../engine/src/protocol/parameters";
import { MAX_SLOTS } from "../../../engine/src/protocol/shared-memory";

const PAD_VALUES = memory.data(MAX_SLOTS * PAD_PARAMETERS * 8, 8);
const MASTER_VALUES = memory.data((MASTER_PARAMETERS_END - MASTER_PARAMETER) * 8, 8);

/** Sets every parameter to its default. */
export function resetParameters(): void {
	for (let slot: u32 = 0; slot < <u32>MAX_SLOTS; slot++) {
		for (let parameter: u32 = 0; parameter < <u32>PAD_PARAMETERS; parameter++) {
			store<f64>(padAddress(slot, parameter), parameterDefault(parameter));
		}
	}
	for (let parameter: u32 = MASTER_PARAMETER; parameter < <u32>MASTER_PARAMETERS_END; parameter++) {
		store<f64>(masterAddress(parameter), parameterDefault(parameter));
	}
}

/** What a pad's parameter was set to last. */
export function padParameter(slot: u32, parameter: u32): f64 {
	return load<f64>(padAddress(slot, parameter));
}

/** What a parameter of the master was set to last. */
export function masterParameter(parameter: u32): f64 {
	return load<f64>(masterAddress(parameter));
}

/** Keeps the value of a pad's parameter. */
export function keepPadParameter(slot: u32, parameter: u32, value: f64): void {
	store<f64>(padAddress(slot, parameter), value);
}

/** Keeps the value of a parameter of the master or the transport. */
export function keepMasterParameter(parameter: u32, value: f64): void {
	store<f64>(masterAddress(parameter), value);
}

function padAddress(slot: u32, parameter: u32): usize {
	return PAD_VALUES + (slot * PAD_PARAMETERS + parameter) * sizeof<f64>();
}

function masterAddress(parameter: u32): usize {
	return MASTER_VALUES + (parameter - MASTER_PARAMETER) * sizeof<f64>();
}
