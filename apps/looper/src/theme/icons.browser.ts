import { html, type TemplateResult } from "lit";

function icon(path: string): TemplateResult {
	return html`<svg
		width="18"
		height="18"
		viewBox="0 0 18 18"
		fill="none"
		stroke="currentColor"
		stroke-width="1.8"
		stroke-linecap="round"
		stroke-linejoin="round"
		aria-hidden="true"
	>
		<path d=${path} />
	</svg>`;
}

/** Two arrows in a circle. */
export const loopIcon: TemplateResult = icon(
	"M3 8a5.6 5.6 0 0 1 10-2.5L15 7.4M15 3.4v4h-4M15 10a5.6 5.6 0 0 1-10 2.5L3 10.6M3 14.6v-4h4",
);
/** A cross. */
export const crossIcon: TemplateResult = icon("M4.5 4.5l9 9M13.5 4.5l-9 9");
/** An arrow back to where it came from. */
export const retryIcon: TemplateResult = icon("M14.6 9A5.6 5.6 0 1 1 12.8 4.9L15 7M15 3v4h-4");
/** A plus. */
export const plusIcon: TemplateResult = icon("M9 3.5v11M3.5 9h11");
/** A minus. */
export const minusIcon: TemplateResult = icon("M3.5 9h11");
/** Arrows to both sides. */
export const wholeIcon: TemplateResult = icon("M2.5 9h13M5.5 6l-3 3 3 3M12.5 6l3 3-3 3");
/** A triangle to the right. */
export const startIcon: TemplateResult = icon("M5.5 3.8L14 9l-8.5 5.2z");
/** Lines with knobs on them. */
export const moreIcon: TemplateResult = icon("M3 5h7M13.5 5H15M3 13h1.5M8 13h7M11.7 3.2v3.6M6.2 11.2v3.6");
/** Three dots. */
export const dotsIcon: TemplateResult = icon("M4 9h.01M9 9h.01M14 9h.01");
/** A square. */
export const stopIcon: TemplateResult = icon("M5 5h8v8H5z");
/** A disc. */
export const discIcon: TemplateResult = icon("M9 3.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z");
/** Lines that are written down, and a dot. */
export const performanceIcon: TemplateResult = icon(
	"M3 4.5h12M3 9h6M3 13.5h6M13.4 10.4a1.7 1.7 0 1 0 0 3.4a1.7 1.7 0 1 0 0-3.4z",
);
/** A tray with an arrow into it. */
export const loadIcon: TemplateResult = icon("M9 2.8v7.4M5.8 7.4L9 10.6l3.2-3.2M3 11.8v3h12v-3");
/** A pencil. */
export const editIcon: TemplateResult = icon("M3.5 14.5l.8-3.2 7.6-7.6 2.4 2.4-7.6 7.6zM10.4 5.2l2.4 2.4");
/** A bin. */
export const emptyIcon: TemplateResult = icon("M3.5 5h11M7 5V3h4v2M5 5l.7 10h6.6L13 5");
/** A bar in parts. */
export const chopIcon: TemplateResult = icon("M3 5h12v8H3zM7 2.8v12.4M11 2.8v12.4");
/** A knob. */
export const knobIcon: TemplateResult = icon("M9 3.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11zM9 9l2.8-2.8");
/** Four pads. */
export const demoIcon: TemplateResult = icon("M3.5 3.5h4v4h-4zM10.5 3.5h4v4h-4zM3.5 10.5h4v4h-4zM10.5 10.5h4v4h-4z");
/** An arrow bent back to the left. */
export const undoIcon: TemplateResult = icon("M3.5 7h7.2a3.9 3.9 0 0 1 0 7.8H7M6.7 3.6L3.3 7l3.4 3.4");
/** An arrow bent back to the right. */
export const redoIcon: TemplateResult = icon("M14.5 7H7.3a3.9 3.9 0 0 0 0 7.8H11M11.3 3.6L14.7 7l-3.4 3.4");
/** A folder. */
export const setIcon: TemplateResult = icon("M2.8 14.2V4.6h4.6l1.8 2h6v7.6z");
/** Two sheets. */
export const copyIcon: TemplateResult = icon("M6.6 6.6h8v8h-8zM11.4 6.2V3.4h-8v8h2.8");
/** A tray with an arrow out of it. */
export const exportIcon: TemplateResult = icon("M9 10.6V3.2M5.8 6L9 2.8 12.2 6M3 11.8v3h12v-3");
/** A tick. */
export const tickIcon: TemplateResult = icon("M3.8 9.4l3.4 3.4 7-7.4");
/** A triangle with a mark. */
export const warningIcon: TemplateResult = icon("M9 2.8L16 15H2zM9 7.4v3.4M9 13h.01");
/** A finger on a key. */
export const gateIcon: TemplateResult = icon("M9 2.5v7M6 7l3 3 3-3M3.5 14.5h11");
/** A switch. */
export const toggleIcon: TemplateResult = icon("M6 5h6a4 4 0 0 1 0 8H6a4 4 0 0 1 0-8zM12 9h.01");
/** Three strokes in a row. */
export const repeatIcon: TemplateResult = icon("M4 4v10M9 4v10M14 4v10");
/** An arrow to the left. */
export const reverseIcon: TemplateResult = icon("M15 9H3.5M8 4L3 9l5 5");
/** A metronome. */
export const syncIcon: TemplateResult = icon("M6.5 3h5L14 15H4zM9 11l5-7");
/** A circle that is cut. */
export const chokeIcon: TemplateResult = icon("M9 3.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11zM5.2 12.8l7.6-7.6");
/** The letter S, as mixers write solo. */
export const soloIcon: TemplateResult = icon(
	"M12.8 5.4C12.2 4 10.8 3.2 9 3.2 6.8 3.2 5.2 4.3 5.2 6c0 4 7.6 2 7.6 6 0 1.7-1.6 2.8-3.8 2.8-1.8 0-3.2-.8-3.8-2.2",
);
/** Headphones. */
export const cueIcon: TemplateResult = icon("M3 13V9.5a6 6 0 0 1 12 0V13M3 11h2.5v4H3zM12.5 11H15v4h-2.5z");
/** A loudspeaker that is crossed out. */
export const muteIcon: TemplateResult = icon("M3 7v4h2.5L9 14V4L5.5 7zM12 7l4 4M16 7l-4 4");
/** A padlock. */
export const lockIcon: TemplateResult = icon("M4 8.5h10v6H4zM6 8.5V6a3 3 0 0 1 6 0v2.5");
