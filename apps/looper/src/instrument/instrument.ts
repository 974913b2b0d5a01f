import type { Analyses } from "../analysis/analyses.ts";
import type { Recording } from "../recording/recording.ts";
import { Waveforms } from "../waveform/waveforms.ts";
import { Banks } from "./banks.ts";
import { ClockConductor } from "./clock-conductor.ts";
import { EnginePoller } from "./engine-poller.ts";
import { History } from "./history.ts";
import type { LooperEngine } from "./looper-engine.ts";
import { Notices } from "./notices.ts";
import { Opening } from "./opening.ts";
import { PadActions } from "./pad-actions.ts";
import { PadNews } from "./pad-news.ts";
import { Pads } from "./pads.ts";
import { PerformanceLog } from "./performance-log.ts";
import { Presses } from "./presses.ts";
import { Selection } from "./selection.ts";
import { SetControls } from "./set-controls.ts";
import { Sound } from "./sound.ts";
import { TransportControl } from "./transport-control.ts";

/** The instrument without its face: its parts around one engine. */
export class Instrument {
	readonly notices: Notices = new Notices();
	readonly banks: Banks = new Banks();
	readonly selection: Selection = new Selection();
	readonly history: History = new History();
	readonly opening: Opening = new Opening();
	readonly sound: Sound;
	readonly settings: SetControls;
	readonly transport: TransportControl;
	readonly pads: Pads;
	readonly padActions: PadActions;
	readonly presses: Presses;
	readonly conductor: ClockConductor;
	readonly performance: PerformanceLog;
	readonly news: PadNews;
	readonly waveforms: Waveforms;
	readonly poller: EnginePoller;
	/** Null until it is loaded, behind what is needed at first. */
	analyses: Analyses | null = null;
	/** Null until it is loaded, behind what is needed at first. */
	recording: Recording | null = null;

	constructor(engine: LooperEngine) {
		this.sound = new Sound(engine, this.notices);
		this.settings = new SetControls(engine, this);
		this.transport = new TransportControl(engine, this);
		this.pads = new Pads(engine, this);
		this.padActions = new PadActions(engine, this.notices);
		this.presses = new Presses(engine, this);
		this.conductor = new ClockConductor(engine, this);
		this.performance = new PerformanceLog(engine, this.notices);
		this.news = new PadNews(engine, this.pads);
		this.waveforms = new Waveforms(engine);
		this.poller = new EnginePoller(engine, this);
	}
}
