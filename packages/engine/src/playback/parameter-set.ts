import { checkObject, mustBe, show } from "../check-arguments.ts";
import type { CommandWriter } from "../rings/command-writer.ts";
import { IMMEDIATELY, type Moment } from "../rings/moment.ts";
import type { CommandOutlet } from "./command-outlet.ts";
import { type ParameterGroup, parameterGroups } from "./parameter-groups.ts";
import { type Parameter, type ParameterName, type ParameterValue, parametersOf } from "./parameter-table.ts";
import type { ImpliedValues } from "./scaled-beats.ts";
import { WaitingSets } from "./waiting-sets.ts";

/** The parameters of one pad, of the master or of the transport, as they were set last. Thread: control. */
export class ParameterSet<Values extends object> {
	readonly #table: Readonly<Record<string, Parameter<ParameterValue>>>;
	readonly #groups: Readonly<Record<string, ParameterGroup>>;
	readonly #slot: number;
	readonly #outlet: CommandOutlet;
	readonly #values: Map<string, ParameterValue> = new Map();

	readonly #waiting: WaitingSets = new WaitingSets();
	readonly #implied: ImpliedValues;

	/** @param slot - the pad's; 0 for the others; @param implied - what a change implies for other parameters */
	constructor(owner: ParameterName["owner"], slot: number, outlet: CommandOutlet, implied: ImpliedValues = () => ({})) {
		this.#implied = implied;
		this.#table = parametersOf(owner);
		this.#groups = parameterGroups[owner];
		this.#slot = slot;
		this.#outlet = outlet;
	}

	/** Defines a property for each parameter on an object, which nothing can be added to or taken from afterwards. */
	defineOn<Target extends object>(target: Target): Target & Values {
		const define = (name: string, get: () => unknown): void => {
			const set = (value: unknown): void => {
				if (value === undefined) throw new RangeError(`The value of ${name} must not be undefined.`);
				this.set({ [name]: value } as Partial<Values>);
			};
			Object.defineProperty(target, name, { get, set, enumerable: true });
		};
		for (const name of Object.keys(this.#table)) define(name, () => this.#value(name));
		for (const [name, group] of Object.entries(this.#groups)) {
			define(name, () => group.collect((parameter) => this.#value(parameter)));
		}
		return Object.freeze(target) as Target & Values;
	}

	/**
	 * Sets several, all at one moment.
	 *
	 * @throws TypeError for a name that there is none of; RangeError for a value out of range; LooperError `ring-full`. Nothing
	 * has changed then.
	 */
	set(values: Partial<Values>, moment: Moment = IMMEDIATELY): void {
		checkObject("values", values);
		const checked = Object.entries(values)
			.filter(([, value]) => value !== undefined)
			.flatMap(([name, value]) => this.#expand(name, value))
			.map(([name, value]) => this.#check(name, value));
		const changed = new Map(checked.map(({ name, value }) => [name, value]));
		const implied = Object.entries(this.#implied(changed, (name) => this.#value(name)));
		checked.push(...implied.map(([name, value]) => this.#check(name, value)));
		this.#outlet.send(checked.length, moment, (writer) =>
			checked.every(({ parameter, value }) =>
				writer.setParameter(this.#slot, parameter.number, parameter.encode(value), moment),
			),
		);
		for (const { name, value } of checked) {
			this.#waiting.note(name, value, { before: this.#value(name), moment });
			this.#values.set(name, value);
		}
	}

	/** Notes that the audio thread has applied a value. @param number - the parameter's; @param frame - of the engine's clock */
	applied(number: number, encoded: number, frame: number): void {
		if (this.#waiting.isEmpty) return;
		for (const [name, parameter] of Object.entries(this.#table)) {
			if (parameter.number === number)
				this.#waiting.applied(name, (value) => Object.is(parameter.encode(value), encoded), frame);
		}
	}

	/**
	 * Puts back what was read before values that have just been cancelled. It is sent, too, because one of them may have taken effect
	 * meanwhile; a ring without room for that is left as it is.
	 */
	cancelWaiting(isCancelled: (moment: Moment) => boolean): void {
		if (this.#waiting.isEmpty) return;
		const cancelled = this.#waiting.cancel(isCancelled);
		for (const { name, latest } of cancelled) this.#values.set(name, latest);
		const sent = cancelled.map(({ name, settled }) => this.#check(name, settled));
		try {
			this.#outlet.send(sent.length, IMMEDIATELY, (writer) =>
				sent.every(({ parameter, value }) =>
					writer.setParameter(this.#slot, parameter.number, parameter.encode(value)),
				),
			);
		} catch {
			// The cancelling command is what counts.
		}
	}

	/** Forgets what waits: it is not put back when it is cancelled. */
	forgetWaiting(): void {
		this.#waiting.forget();
	}

	/** Sends every value that is not the default, to an audio thread that has just been started. */
	restore(writer: CommandWriter): void {
		for (const [name, value] of this.#values) {
			const parameter = this.#table[name];
			if (parameter !== undefined) writer.setParameter(this.#slot, parameter.number, parameter.encode(value));
		}
	}

	#value(name: string): ParameterValue {
		const value = this.#values.get(name) ?? this.#table[name]?.default;
		if (value === undefined) throw new Error(`There is no parameter ${name}.`);
		return value;
	}

	#expand(name: string, value: unknown): readonly (readonly [string, unknown])[] {
		const group = Object.hasOwn(this.#groups, name) ? this.#groups[name] : undefined;
		return group === undefined ? [[name, value]] : Object.entries(group.expand(value));
	}

	#check(name: string, value: unknown): { name: string; parameter: Parameter<ParameterValue>; value: ParameterValue } {
		const parameter = Object.hasOwn(this.#table, name) ? this.#table[name] : undefined;
		if (parameter === undefined) {
			const known = [...Object.keys(this.#table), ...Object.keys(this.#groups)].join(", ");
			throw new TypeError(`There is no parameter ${show(name)}. Use one of ${known}.`);
		}
		if (parameter.accepts(value)) return { name, parameter, value };
		throw new RangeError(mustBe(name, parameter.range, value));
	}
}
