import { ConfirmDialog } from "./app/confirm-dialog.browser.ts";
import { LooperApp } from "./app/looper-app.browser.ts";
import { ObstacleScreen } from "./app/obstacle-screen.browser.ts";
import { MasterStrip } from "./master/master-strip.browser.ts";
import { NoticeList } from "./notices/notice-list.browser.ts";
import { LooperPad } from "./pad/looper-pad.browser.ts";
import { PadGrid } from "./pad-grid/pad-grid.browser.ts";
import { PadMenu } from "./pad-menu/pad-menu.browser.ts";
import { RecordButton } from "./performance/performance-button.browser.ts";
import { SoundBanner } from "./sound-banner/sound-banner.browser.ts";
import { GlitchFigure } from "./status-line/glitch-figure.browser.ts";
import { StatusLine } from "./status-line/status-line.browser.ts";

const elements = {
	"confirm-dialog": ConfirmDialog,
	"glitch-figure": GlitchFigure,
	"looper-app": LooperApp,
	"looper-pad": LooperPad,
	"master-strip": MasterStrip,
	"notice-list": NoticeList,
	"obstacle-screen": ObstacleScreen,
	"pad-grid": PadGrid,
	"pad-menu": PadMenu,
	"record-button": RecordButton,
	"sound-banner": SoundBanner,
	"status-line": StatusLine,
} as const;

/** Makes the instrument's elements known to the document. */
export function defineElements(): void {
	for (const [name, element] of Object.entries(elements)) customElements.define(name, element);
}

declare global {
	interface HTMLElementTagNameMap {
		"confirm-dialog": ConfirmDialog;
		"glitch-figure": GlitchFigure;
		"looper-app": LooperApp;
		"looper-pad": LooperPad;
		"master-strip": MasterStrip;
		"notice-list": NoticeList;
		"obstacle-screen": ObstacleScreen;
		"pad-grid": PadGrid;
		"pad-menu": PadMenu;
		"record-button": RecordButton;
		"sound-banner": SoundBanner;
		"status-line": StatusLine;
	}
}
