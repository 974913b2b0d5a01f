import { createHash } from "node:crypto";
import { mutate } from "../../scripts/fuzz/mutations.mjs";
import { Random } from "../../scripts/fuzz/random.mjs";
import { oddManifest } from "./odd-manifests.ts";
import { readStoredZip, writeZip, type ZipPart } from "./zip-file.ts";

/** A damaged set, and in which way it is damaged. */
export interface MutatedSet {
	readonly way: string;
	readonly bytes: Uint8Array;
}

/** A set that the app has exported, taken apart. */
interface TakenApart {
	readonly bytes: Uint8Array;
	readonly manifest: ZipPart;
	readonly samples: readonly ZipPart[];
}

type Way = (set: TakenApart, random: Random) => Uint8Array;

const BOMB_BYTES = 2 ** 26;
const zeros = new Uint8Array(BOMB_BYTES);
const oddNames = [
	"../set.json",
	"/set.json",
	"set.json/",
	"SET.JSON",
	"a\u0000set.json",
	"C:\\set.json",
	"",
	"__proto__",
];
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function zipAgain({ manifest, samples }: TakenApart, replaced: Partial<ZipPart>, at: number): Uint8Array {
	return writeZip([manifest, ...samples].map((part, index) => (index === at ? { ...part, ...replaced } : part)));
}

/** A set with another document, in a zip file without a fault. */
function withManifest({ manifest, samples }: TakenApart, text: string): Uint8Array {
	return writeZip([{ ...manifest, content: encode(text) }, ...samples]);
}

/** Another file in place of a sample; hash and length are right, unless they are given. */
function withSample(set: TakenApart, at: number, part: Partial<ZipPart> & Pick<ZipPart, "content">): Uint8Array {
	const old = set.samples[at]!;
	const [, oldHash = "", name = ""] = old.name.split("/");
	const hash = createHash("sha256").update(part.content).digest("hex");
	const document = JSON.parse(new TextDecoder().decode(set.manifest.content));
	for (const { sample } of document.pads) {
		if (sample?.sha256 === oldHash) Object.assign(sample, { sha256: hash, bytes: part.bytes ?? part.content.length });
	}
	const samples = set.samples.with(at, { name: `samples/${hash}/${name}`, ...part });
	return withManifest({ ...set, samples }, JSON.stringify(document));
}

const ways: Readonly<Record<string, Way>> = {
	"bytes of the file": ({ bytes }, random) => mutate(bytes, random, bytes).bytes,
	"bytes of the file's end": ({ bytes }, random) => {
		const end = Uint8Array.from(bytes);
		for (let flips = random.size(16); flips > 0; flips--)
			end[end.length - 1 - random.below(800)]! ^= 1 << random.below(8);
		return end;
	},
	"names in the zip file": (set, random) => {
		const name = random.pick([...oddNames, `samples/${"0".repeat(64)}/x.wav`, `samples/../../${"a".repeat(9)}`]);
		return zipAgain(set, random.below(2) === 0 ? { name } : { localName: name }, random.below(3));
	},
	"sizes in the zip file": (set, random) => {
		const value = random.pick([0, 1, 0x7fff_ffff, 0xffff_fffe, 0xffff_ffff, random.below(2 ** 32)]);
		const field = random.pick(["bytes", "compressedBytes", "byteOffset", "crc32"]);
		return zipAgain(set, { [field]: value }, random.below(3));
	},
	"methods in the zip file": (set, random) =>
		zipAgain(
			set,
			random.below(2) === 0 ? { method: random.below(100) } : { flags: random.below(2 ** 16) },
			random.below(3),
		),
	"the directory": ({ manifest, samples }, random) =>
		writeZip([manifest, ...samples], {
			[random.pick(["count", "directoryBytes", "directoryOffset"])]: random.pick([
				0, 1, 10, 0xffff, 0xffff_ffff, 70_000,
			]),
		}),
	"files that are there twice": (set, random) => {
		const other = withManifest(set, random.pick(["{}", "", new TextDecoder().decode(set.manifest.content)]));
		const twice = [set.manifest, ...set.samples, ...readStoredZip(other)];
		return writeZip(random.below(2) === 0 ? twice : twice.toReversed());
	},
	"many files": (set, random) =>
		writeZip([{ ...random.pick([set.manifest, set.samples[0]!]), entries: 20_000 }, ...set.samples]),
	"samples that are missing": ({ manifest, samples }, random) =>
		writeZip([manifest, ...samples.filter(() => random.below(2) === 0)]),
	"samples that are exchanged": ({ manifest, samples }) =>
		writeZip([manifest, ...samples.map((part, index) => ({ ...part, content: samples.at(index - 1)!.content }))]),
	"samples that are damaged, with their right hash": (set, random) => {
		const at = random.below(set.samples.length);
		const donor = random.pick(set.samples).content;
		return withSample(set, at, { content: mutate(set.samples[at]!.content, random, donor).bytes });
	},
	"samples that are no sounds": (set, random) =>
		withSample(set, random.below(set.samples.length), {
			content: random.pick([new Uint8Array(), encode("{}"), encode("RIFF"), new Uint8Array(1000), set.bytes]),
		}),
	"a sample that unpacks to much": (set, random) =>
		withSample(set, random.below(set.samples.length), { content: zeros, isDeflated: true }),
	"a sample that unpacks to more than it says": (set, random) =>
		withSample(set, 0, { content: zeros, isDeflated: true, bytes: random.pick([0, 44, 2 ** 20]) }),
	"a sample that says that it unpacks to very much": (set) =>
		withSample(set, 0, { content: new Uint8Array(2 ** 20), isDeflated: true, bytes: 0xf000_0000 }),
	"a document that unpacks to much": (set, random) => {
		const content = new Uint8Array(BOMB_BYTES).fill(0x20);
		return zipAgain(set, { content, isDeflated: true, bytes: random.pick([content.length, 100]) }, 0);
	},
	"values of the document": (set, random) =>
		withManifest(set, oddManifest(new TextDecoder().decode(set.manifest.content), random)),
	"text of the document": (set, random) => {
		const text = new TextDecoder().decode(mutate(set.manifest.content, random, set.bytes).bytes);
		return withManifest(set, text);
	},
	"another document": (set, random) =>
		withManifest(
			set,
			random.pick([
				"",
				"null",
				"[]",
				"{}",
				'"set"',
				"1e999",
				"nul",
				"\uFEFF{}",
				"[".repeat(100_000),
				'{"a":'.repeat(50_000),
				'{"format":"flitzis-looper-set","version":1}',
				'{"format":"flitzis-looper-set","version":2}',
				`{"format":"flitzis-looper-set","version":1,"pads":${"[".repeat(5000)}${"]".repeat(5000)}}`,
				`{"format":"flitzis-looper-set","version":1,"name":"${"x".repeat(2 ** 20)}","pads":[${"1,".repeat(9999)}1]}`,
			]),
		),
	"a foreign file": (set, random) =>
		random.pick([
			writeZip([]),
			writeZip(set.samples),
			writeZip([{ name: "word/document.xml", content: encode("<w/>"), isDeflated: true }]),
			new Uint8Array(),
			encode('{"format":"flitzis-looper-set","version":1}'),
			set.samples[0]!.content,
			Uint8Array.from({ length: random.size(5000) }, () => random.below(256)),
		]),
};

/** One of the damaged sets that come of an exported one; it depends on seed and number alone. Every way has its turn. */
export function mutatedSet(exported: Uint8Array, seed: number, index: number): MutatedSet {
	const random = new Random(seed, index);
	const [manifest, ...samples] = readStoredZip(exported);
	const names = Object.keys(ways);
	const way = names[index % names.length]!;
	return { way, bytes: ways[way]!({ bytes: exported, manifest: manifest!, samples }, random) };
}
