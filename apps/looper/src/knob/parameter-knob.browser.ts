import { type CSSResultGroup, html, type TemplateResult } from "lit";
import { controlStyles } from "../theme/controls.browser.ts";
import { dialArc, dialPoint } from "./knob-arc.ts";
import { parameterKnobStyles } from "./parameter-knob-styles.browser.ts";
import { ValueControl } from "./value-control.browser.ts";
import { valueTextStyles } from "./value-text-styles.browser.ts";

const radius = 16;
const pointerEnds = [6, 13] as const;

/** A knob with its name and its value. */
export class ParameterKnob extends ValueControl {
	static override styles: CSSResultGroup = [controlStyles, valueTextStyles, parameterKnobStyles];

	protected override render(): TemplateResult {
		const { scale, value } = this;
		const share = scale.shareOf(value);
		const [inner, outer] = pointerEnds.map((distance) => dialPoint(share, distance));
		return html`
			<span class="label" aria-hidden="true">${this.label}</span>
			${this.handle(html`<svg width="40" height="40" viewBox="0 0 40 40" aria-hidden="true">
				<path class="track" d=${dialArc(0, 1, radius)} />
				<path class="arc" d=${dialArc(scale.shareOf(scale.origin), share, radius)} />
				<circle class="cap" cx="20" cy="20" r="12" />
				<path class="pointer" d="M${inner!.join(" ")}L${outer!.join(" ")}" />
			</svg>`)}
			${this.valueText()}
		`;
	}
}
