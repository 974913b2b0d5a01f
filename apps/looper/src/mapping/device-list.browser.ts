import { type CSSResultGroup, css, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { type LightProfileName, lightProfileNames, lightProfiles } from "../midi/light-profiles.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import type { Mapping } from "./mapping.ts";
import { mappingDialogStyles } from "./mapping-dialog-styles.browser.ts";
import { withClockOutput, withLights } from "./mapping-document.ts";
import { layOutPads } from "./pad-layout.ts";

/** MIDI devices: whether they are there, how their pads are lit, and who gives the clock. */
export class DeviceList extends ListeningElement {
	static override styles: CSSResultGroup = [
		controlStyles,
		mappingDialogStyles,
		css`
			:host {
				display: grid;
				justify-items: start;
				gap: 10px;
			}
			ul {
				display: grid;
				width: 100%;
				margin: 0;
				padding: 0;
				border: 1px solid var(--line);
				border-radius: 10px;
				list-style: none;
			}
			li {
				display: flex;
				flex-wrap: wrap;
				align-items: center;
				gap: 4px 16px;
				padding: 8px 12px;
				font-size: 0.875rem;
			}
			li + li {
				border-top: 1px solid var(--line);
			}
			.name {
				flex: 1 1 200px;
				font-weight: 600;
				overflow-wrap: anywhere;
			}
			.clocks {
				display: flex;
				flex: 1 0 100%;
				flex-wrap: wrap;
				gap: 4px 16px;
			}
			/* Stays a live region, but takes no room. */
			p:empty {
				position: absolute;
			}
			.absent {
				color: var(--text-quiet);
				font-weight: 400;
			}
			.tempo {
				color: var(--text);
				font-variant-numeric: tabular-nums;
			}
		`,
	];
	static override properties: PropertyDeclarations = {
		mapping: { attribute: false },
		said: { state: true },
	};

	declare mapping: Mapping;
	/** What the latest layout has changed. */
	declare said: string;

	constructor() {
		super();
		this.said = "";
	}

	protected override listen(): readonly (() => void)[] {
		const { ports, connection, store, clock } = this.mapping;
		const update = (): void => this.requestUpdate();
		const ends = [ports.changes.add(update), connection.changes.add(update), store.changes.add(update)];
		return clock === null ? ends : [...ends, clock.changes.add(update)];
	}

	protected override render(): TemplateResult {
		const { status } = this.mapping.connection;
		const devices = this.#devices();
		const canConnect = status.state === "off" || status.state === "failed";
		return html`
			<h3>MIDI devices</h3>
			<p role="status">${status.text}</p>
			${
				canConnect
					? html`<button class="control" @click=${() => void this.mapping.connection.connect()}>Connect MIDI</button>`
					: nothing
			}
			${
				status.state === "open" && devices.length === 0
					? html`<p>No device is connected. Plug one in: it appears here at once.</p>`
					: nothing
			}
			${
				devices.length === 0
					? nothing
					: html`<ul aria-label="MIDI devices">
						${devices.map((device) => this.#row(device))}
					</ul>`
			}
			<p role="status">${this.said}</p>
			${this.#tempo()}
		`;
	}

	/** Those that are there, and those that the mapping wants. */
	#devices(): readonly string[] {
		const { ports, store } = this.mapping;
		const { bindings, lights, clockInput, clockOutputs } = store.document;
		const bound = bindings.map(({ control }) => (control.type === "key" ? null : control.device));
		const wanted = [...bound, ...lights.map(({ device }) => device), clockInput, ...clockOutputs];
		return [...new Set([...ports.inputs, ...ports.outputs, ...wanted])].filter((device) => device !== null);
	}

	#row(device: string): TemplateResult {
		const { ports, store, clock } = this.mapping;
		const { document } = store;
		const isThere = ports.inputs.includes(device) || ports.outputs.includes(device);
		const profile = document.lights.find((light) => light.device === device)?.profile ?? null;
		const clockBoxes = html`
			${
				clock === null
					? nothing
					: this.#check("Follow its clock", device, document.clockInput === device, (isOn) =>
							store.replace({ ...document, clockInput: isOn ? device : null }),
						)
			}
			${this.#check("Send it clock", device, document.clockOutputs.includes(device), (isOn) =>
				store.replace(withClockOutput(document, device, isOn)),
			)}
		`;
		return html`
			<li>
				<span class="name">${device}${isThere ? nothing : html` <span class="absent">(not connected)</span>`}</span>
				<select
					aria-label="Lights of ${device}"
					@change=${({ currentTarget }: Event) => {
						if (!(currentTarget instanceof HTMLSelectElement)) return;
						const chosen = lightProfileNames[currentTarget.selectedIndex - 1] ?? null;
						store.replace(withLights(document, device, chosen));
					}}
				>
					<option ?selected=${profile === null}>No lights</option>
					${lightProfileNames.map(
						(name) => html`<option ?selected=${name === profile}>Lights: ${lightProfiles[name].title}</option>`,
					)}
				</select>
				${
					profile === null
						? nothing
						: html`<button
							class="control"
							title="Binds the device's first 32 pads to the pads of the shown bank"
							@click=${() => this.#layOut(device, profile)}
						>
							Map 32 pads
						</button>`
				}
				<span class="clocks">${clockBoxes}</span>
			</li>
		`;
	}

	#check(text: string, device: string, isOn: boolean, change: (isOn: boolean) => void): TemplateResult {
		return html`
			<label class="check">
				<input
					type="checkbox"
					aria-label="${text}: ${device}"
					.checked=${isOn}
					@change=${({ currentTarget }: Event) => {
						if (currentTarget instanceof HTMLInputElement) change(currentTarget.checked);
					}}
				/>
				${text}
			</label>
		`;
	}

	#tempo(): TemplateResult | typeof nothing {
		const { clock, store } = this.mapping;
		if (clock === null || store.document.clockInput === null) return nothing;
		const text = clock.tempo === null ? "no clock is heard yet" : `${clock.tempo.toFixed(1)} BPM`;
		return html`<p>Clock: <span class="tempo">${text}</span></p>`;
	}

	#layOut(device: string, profile: LightProfileName): void {
		const { store } = this.mapping;
		const { document, replaced } = layOutPads(store.document, device, lightProfiles[profile].padNotes);
		store.replace(document);
		const before = replaced === 0 ? "" : ` ${replaced} of these notes did something else before.`;
		this.said = `${device} plays 32 pads.${before}`;
	}
}
