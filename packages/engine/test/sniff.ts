import type { SniffedFormat } from "../src/decode/formats.ts";
import { skipLeadingTags } from "../src/decode/mp3/tags.ts";
import { sniffContent } from "../src/decode/sniff-content.ts";
import { SIGNATURE_BYTES, sniffSignature } from "../src/decode/sniff-signature.ts";
import type { ByteSource } from "../src/source/byte-source.ts";

/** Recognises a file by its signature, or else by its content. */
export function sniff(file: ByteSource): SniffedFormat {
	const tagsEnd = skipLeadingTags(file);
	return sniffSignature(file.read(tagsEnd, SIGNATURE_BYTES)) ?? sniffContent(file, tagsEnd);
}
