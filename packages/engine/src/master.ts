import { checkMoment } from "./check-arguments.ts";
import type { CommandOutlet } from "./playback/command-outlet.ts";
import type { MasterParameters } from "./playback/parameter-groups.ts";
import { ParameterSet } from "./playback/parameter-set.ts";
import type { TimingOptions } from "./protocol/engine-types.ts";

/** What all pads run into. Thread: control. */
interface MasterActions {
	/** Sets several parameters, all at one frame. @throws as `Pad.set`. */
	set(values: Partial<MasterParameters>, options?: TimingOptions): void;
}

/** The master's parameters. */
export type Master = MasterActions & MasterParameters;

/** Makes the master. */
export function createMaster(outlet: CommandOutlet): {
	readonly master: Master;
	readonly parameters: ParameterSet<MasterParameters>;
} {
	const parameters = new ParameterSet<MasterParameters>("master", 0, outlet);
	const actions: MasterActions = {
		set: (values, options) => parameters.set(values, checkMoment(options)),
	};
	return { master: parameters.defineOn(actions), parameters };
}
