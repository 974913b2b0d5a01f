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
/** Three dots. */
export const dotsIcon: TemplateResult = icon("M4 9h.01M9 9h.01M14 9h.01");
/** A square. */
export const stopIcon: TemplateResult = icon("M5 5h8v8H5z");
/** A disc. */
export const recordIcon: TemplateResult = icon("M9 3.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z");
/** A tray with an arrow into it. */
export const loadIcon: TemplateResult = icon("M9 2.8v7.4M5.8 7.4L9 10.6l3.2-3.2M3 11.8v3h12v-3");
/** A pencil. */
export const editIcon: TemplateResult = icon("M3.5 14.5l.8-3.2 7.6-7.6 2.4 2.4-7.6 7.6zM10.4 5.2l2.4 2.4");
/** A bin. */
export const emptyIcon: TemplateResult = icon("M3.5 5h11M7 5V3h4v2M5 5l.7 10h6.6L13 5");
/** Four pads. */
export const kitIcon: TemplateResult = icon("M3.5 3.5h4v4h-4zM10.5 3.5h4v4h-4zM3.5 10.5h4v4h-4zM10.5 10.5h4v4h-4z");
/** A triangle with a mark. */
export const warningIcon: TemplateResult = icon("M9 2.8L16 15H2zM9 7.4v3.4M9 13h.01");
