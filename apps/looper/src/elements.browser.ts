import { LiveRegion } from "./announcements/live-region.browser.ts";
import { ConfirmDialog } from "./app/confirm-dialog.browser.ts";
import { LooperApp } from "./app/looper-app.browser.ts";
import { ObstacleScreen } from "./app/obstacle-screen.browser.ts";
import { BankBar } from "./bank-bar/bank-bar.browser.ts";
import { ChoiceField } from "./choice/choice-field.browser.ts";
import { HistoryButtons } from "./history/history-buttons.browser.ts";
import { NumberField } from "./knob/number-field.browser.ts";
import { NoticeList } from "./notices/notice-list.browser.ts";
import { LooperPad } from "./pad/looper-pad.browser.ts";
import { PadGrid } from "./pad-grid/pad-grid.browser.ts";
import { PadMenu } from "./pad-menu/pad-menu.browser.ts";
import { PerformanceButton } from "./performance/performance-button.browser.ts";
import { SetMenu } from "./sets/set-menu.browser.ts";
import { SoundBanner } from "./sound-banner/sound-banner.browser.ts";
import { DropoutFigure } from "./status-line/dropout-figure.browser.ts";
import { StatusLine } from "./status-line/status-line.browser.ts";
import { BeatLights } from "./transport-bar/beat-lights.browser.ts";
import { MasterMeter } from "./transport-bar/master-meter.browser.ts";
import { TransportBar } from "./transport-bar/transport-bar.browser.ts";

const elements = {
	"bank-bar": BankBar,
	"beat-lights": BeatLights,
	"choice-field": ChoiceField,
	"confirm-dialog": ConfirmDialog,
	"dropout-figure": DropoutFigure,
	"history-buttons": HistoryButtons,
	"live-region": LiveRegion,
	"looper-app": LooperApp,
	"looper-pad": LooperPad,
	"master-meter": MasterMeter,
	"notice-list": NoticeList,
	"number-field": NumberField,
	"obstacle-screen": ObstacleScreen,
	"pad-grid": PadGrid,
	"pad-menu": PadMenu,
	"performance-button": PerformanceButton,
	"set-menu": SetMenu,
	"sound-banner": SoundBanner,
	"status-line": StatusLine,
	"transport-bar": TransportBar,
} as const;

/** Registers the custom elements that are there from the start; the others come with their parts (`parts/app-parts.browser.ts`). */
export function defineElements(): void {
	for (const [name, element] of Object.entries(elements)) customElements.define(name, element);
}

declare global {
	interface HTMLElementTagNameMap {
		"bank-bar": BankBar;
		"beat-lights": BeatLights;
		"choice-field": ChoiceField;
		"confirm-dialog": ConfirmDialog;
		"dropout-figure": DropoutFigure;
		"history-buttons": HistoryButtons;
		"live-region": LiveRegion;
		"looper-app": LooperApp;
		"looper-pad": LooperPad;
		"master-meter": MasterMeter;
		"notice-list": NoticeList;
		"number-field": NumberField;
		"obstacle-screen": ObstacleScreen;
		"pad-grid": PadGrid;
		"pad-menu": PadMenu;
		"performance-button": PerformanceButton;
		"set-menu": SetMenu;
		"sound-banner": SoundBanner;
		"status-line": StatusLine;
		"transport-bar": TransportBar;
	}
}
