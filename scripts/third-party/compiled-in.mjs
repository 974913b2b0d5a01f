/**
 * Works without an npm package of their own, compiled into WebAssembly that a package carries.
 *
 * @typedef {object} CompiledWork
 * @property {string} name
 * @property {string} licence - SPDX
 * @property {string} source - where its source code is
 * @property {string[]} within - the npm packages that carry it
 * @property {string} [text] - file beside this one; none when the npm package ships the text itself
 * @property {string} [copyright] - for the text's {copyright}
 */

const DECODERS = ["mpg123-decoder", "@wasm-audio-decoders/ogg-vorbis", "@audio/decode-opus"];

/** @type {readonly CompiledWork[]} */
export const compiledWorks = [
	{
		name: "libmpg123",
		licence: "LGPL-2.1",
		source: "https://www.mpg123.de/",
		within: ["mpg123-decoder"],
		text: "LGPL-2.1.txt",
	},
	{
		name: "libvorbis, libogg",
		licence: "BSD-3-Clause",
		source: "https://xiph.org/downloads/",
		within: ["@wasm-audio-decoders/ogg-vorbis"],
		text: "BSD-3-Clause-Xiph.txt",
	},
	{
		name: "libopus",
		licence: "BSD-3-Clause",
		source: "https://opus-codec.org/downloads/",
		within: ["@audio/decode-opus"],
	},
	{
		name: "puff, changed to be inlined",
		licence: "Zlib",
		source: "https://github.com/madler/zlib/tree/master/contrib/puff",
		within: ["@wasm-audio-decoders/common"],
		text: "Zlib-puff.txt",
	},
	{
		name: "Emscripten's runtime",
		licence: "MIT",
		source: "https://github.com/emscripten-core/emscripten",
		within: DECODERS,
		text: "MIT.txt",
		copyright: "Copyright (c) 2010-2014 Emscripten authors",
	},
	{
		name: "musl",
		licence: "MIT",
		source: "https://musl.libc.org/",
		within: DECODERS,
		text: "MIT.txt",
		copyright: "Copyright (c) 2005-2020 Rich Felker, et al.",
	},
];
