/**
 * Reads a WebAssembly binary as far as the kernel's tests need it.
 *
 * Source: W3C, "WebAssembly Core Specification" 2.0, chapter 5 (binary format) and appendix A.7 (index of
 * instructions), and the Threads proposal for the 0xFE prefix.
 */

/** One import or export. */
interface ModuleEntity {
	readonly name: string;
	readonly kind: "function" | "table" | "memory" | "global";
}

/** What a module is made of. */
export interface ModuleFacts {
	readonly imports: readonly ModuleEntity[];
	readonly exports: readonly ModuleEntity[];
	readonly hasStartFunction: boolean;
	/** First and last-plus-one address of every active data segment; passive ones have none. */
	readonly dataRanges: readonly { readonly start: number; readonly end: number }[];
	/** Every opcode that a function body contains, as `prefixed` writes them. */
	readonly opcodes: ReadonlySet<number>;
}

const KINDS = ["function", "table", "memory", "global"] as const;
const SECTION = { import: 2, export: 7, start: 8, code: 10, data: 11 } as const;

const I32_CONST = 0x41;
const END = 0x0b;

/** The opcode of an instruction that is a prefix byte and a number. */
export function prefixed(prefix: number, number: number): number {
	return prefix * 0x1000 + number;
}

type Immediate = "number" | "bytes4" | "bytes8" | "bytes16" | "byte" | "memory" | "labels";

const IMMEDIATE_READERS: Readonly<Record<Immediate, (cursor: Cursor) => unknown>> = {
	byte: (cursor) => cursor.take(1),
	bytes4: (cursor) => cursor.take(4),
	bytes8: (cursor) => cursor.take(8),
	bytes16: (cursor) => cursor.take(16),
	/** An index, a block type or an integer constant: LEB128, whose sign does not matter here. */
	number: (cursor) => cursor.number(),
	/** Alignment and offset of a memory access. */
	memory: (cursor) => [cursor.number(), cursor.number()],
	/** Targets of `br_table`. */
	labels: (cursor) => cursor.list(() => cursor.number()),
};

/** What follows each opcode. An opcode that is not here stops the reader, so nothing can be overlooked. */
const IMMEDIATES: readonly { first: number; last: number; immediates: readonly Immediate[] }[] = [
	{ first: 0x00, last: 0x01, immediates: [] }, // unreachable, nop
	{ first: 0x02, last: 0x04, immediates: ["number"] }, // block, loop, if
	{ first: 0x05, last: 0x05, immediates: [] }, // else
	{ first: 0x0b, last: 0x0b, immediates: [] }, // end
	{ first: 0x0c, last: 0x0d, immediates: ["number"] }, // br, br_if
	{ first: 0x0e, last: 0x0e, immediates: ["labels", "number"] }, // br_table
	{ first: 0x0f, last: 0x0f, immediates: [] }, // return
	{ first: 0x10, last: 0x10, immediates: ["number"] }, // call
	{ first: 0x1a, last: 0x1b, immediates: [] }, // drop, select
	{ first: 0x20, last: 0x24, immediates: ["number"] }, // local and global variables
	{ first: 0x28, last: 0x3e, immediates: ["memory"] }, // load, store
	{ first: 0x3f, last: 0x40, immediates: ["number"] }, // memory.size, memory.grow
	{ first: 0x41, last: 0x42, immediates: ["number"] }, // i32.const, i64.const
	{ first: 0x43, last: 0x43, immediates: ["bytes4"] }, // f32.const
	{ first: 0x44, last: 0x44, immediates: ["bytes8"] }, // f64.const
	{ first: 0x45, last: 0xc4, immediates: [] }, // numeric instructions
	{ first: prefixed(0xfc, 0), last: prefixed(0xfc, 7), immediates: [] }, // saturating conversions
	{ first: prefixed(0xfc, 10), last: prefixed(0xfc, 10), immediates: ["number", "number"] }, // memory.copy
	{ first: prefixed(0xfc, 11), last: prefixed(0xfc, 11), immediates: ["number"] }, // memory.fill
	{ first: prefixed(0xfd, 0), last: prefixed(0xfd, 11), immediates: ["memory"] }, // v128 load, store
	{ first: prefixed(0xfd, 12), last: prefixed(0xfd, 13), immediates: ["bytes16"] }, // v128.const, i8x16.shuffle
	{ first: prefixed(0xfd, 14), last: prefixed(0xfd, 20), immediates: [] }, // swizzle, splat
	{ first: prefixed(0xfd, 21), last: prefixed(0xfd, 34), immediates: ["byte"] }, // extract_lane, replace_lane
	{ first: prefixed(0xfd, 35), last: prefixed(0xfd, 83), immediates: [] }, // comparisons, bitwise
	{ first: prefixed(0xfd, 84), last: prefixed(0xfd, 91), immediates: ["memory", "byte"] }, // load_lane, store_lane
	{ first: prefixed(0xfd, 92), last: prefixed(0xfd, 93), immediates: ["memory"] }, // load_zero
	{ first: prefixed(0xfd, 94), last: prefixed(0xfd, 255), immediates: [] }, // arithmetic
	{ first: prefixed(0xfe, 3), last: prefixed(0xfe, 3), immediates: ["byte"] }, // atomic.fence
	{ first: prefixed(0xfe, 16), last: prefixed(0xfe, 78), immediates: ["memory"] }, // atomic load, store, rmw
];

/** Bytes and the place where the next one is read. */
class Cursor {
	position = 0;
	readonly #bytes: Uint8Array;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	get isAtEnd(): boolean {
		return this.position >= this.#bytes.length;
	}

	byte(): number {
		const value = this.#bytes[this.position++];
		if (value === undefined) throw new Error("the module ends inside a section");
		return value;
	}

	/** An unsigned LEB128 number; a signed one is skipped by the same rule. */
	number(): number {
		let value = 0;
		for (let shift = 0; ; shift += 7) {
			const byte = this.byte();
			value += (byte & 0x7f) * 2 ** shift;
			if (byte < 0x80) return value;
		}
	}

	/** A signed LEB128 number of 32 bits. */
	signed(): number {
		const start = this.position;
		const value = this.number();
		const bits = 7 * (this.position - start);
		return value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
	}

	take(count: number): Uint8Array {
		this.position += count;
		if (this.position > this.#bytes.length) throw new Error("the module ends inside a section");
		return this.#bytes.subarray(this.position - count, this.position);
	}

	text(): string {
		return new TextDecoder().decode(this.take(this.number()));
	}

	/** Reads a count and then as many things. */
	list<T>(readOne: () => T): T[] {
		return Array.from({ length: this.number() }, readOne);
	}
}

/** Takes a module apart. @throws Error at anything that this reader does not know */
export function readModule(bytes: Uint8Array): ModuleFacts {
	const cursor = new Cursor(bytes);
	if (cursor.take(8).join() !== "0,97,115,109,1,0,0,0") throw new Error("not a WebAssembly 1 module");
	const sections = new Map<number, Cursor>();
	while (!cursor.isAtEnd) sections.set(cursor.byte(), new Cursor(cursor.take(cursor.number())));

	const readSection = <T>(section: number, readOne: (cursor: Cursor) => T): T[] => {
		const content = sections.get(section);
		return content ? content.list(() => readOne(content)) : [];
	};
	return {
		imports: readSection(SECTION.import, readImport),
		exports: readSection(SECTION.export, readExport),
		hasStartFunction: sections.has(SECTION.start),
		dataRanges: readSection(SECTION.data, readDataRange),
		opcodes: new Set(readSection(SECTION.code, readFunctionOpcodes).flat()),
	};
}

function readImport(cursor: Cursor): ModuleEntity {
	const name = `${cursor.text()}.${cursor.text()}`;
	const kind = readKind(cursor);
	if (kind !== "memory") throw new Error(`this reader knows only memory imports, not the ${kind} ${name}`);
	const limits = cursor.byte();
	cursor.number();
	if (limits & 1) cursor.number();
	return { name, kind };
}

function readExport(cursor: Cursor): ModuleEntity {
	const name = cursor.text();
	const kind = readKind(cursor);
	cursor.number();
	return { name, kind };
}

function readKind(cursor: Cursor): ModuleEntity["kind"] {
	const kind = KINDS[cursor.byte()];
	if (!kind) throw new Error("unknown kind of import or export");
	return kind;
}

function readDataRange(cursor: Cursor): { start: number; end: number } {
	if (cursor.number() !== 0) throw new Error("this reader knows only active data segments of memory 0");
	if (cursor.byte() !== I32_CONST) throw new Error("the address of a data segment is not a constant");
	const start = cursor.signed();
	if (cursor.byte() !== END) throw new Error("the address of a data segment is not a constant");
	const length = cursor.number();
	cursor.take(length);
	return { start, end: start + length };
}

function readFunctionOpcodes(cursor: Cursor): number[] {
	const body = new Cursor(cursor.take(cursor.number()));
	body.list(() => [body.number(), body.byte()]); // local variables: count and type
	const opcodes: number[] = [];
	while (!body.isAtEnd) {
		const opcode = readOpcode(body);
		skipImmediates(body, opcode);
		opcodes.push(opcode);
	}
	if (opcodes.at(-1) !== END) throw new Error("a function body does not end with its end");
	return opcodes;
}

function readOpcode(cursor: Cursor): number {
	const byte = cursor.byte();
	return byte >= 0xfc ? prefixed(byte, cursor.number()) : byte;
}

function skipImmediates(cursor: Cursor, opcode: number): void {
	const count = IMMEDIATES.find(({ first, last }) => opcode >= first && opcode <= last);
	if (!count) throw new Error(`unknown opcode 0x${opcode.toString(16)}`);
	for (const immediate of count.immediates) IMMEDIATE_READERS[immediate](cursor);
}
