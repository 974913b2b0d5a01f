// Names as readers know them: documents by their first heading, modules by what is imported.
import { Converter, ReflectionKind } from "typedoc";

const HEADING = /^# (.+)\n+/;
const MODULES = new Map([
	["index.browser", "flitzis-looper"],
	["stream", "flitzis-looper/stream"],
]);

/** @param {import("typedoc").Application} app */
export function load(app) {
	app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document) => {
		const [, title] = HEADING.exec(document.content[0]?.text ?? "") ?? [];
		if (title !== undefined) document.name = title.replaceAll("`", "");
	});
	app.converter.on(Converter.EVENT_CREATE_DECLARATION, (_context, declaration) => {
		if (declaration.kind === ReflectionKind.Module)
			declaration.name = MODULES.get(declaration.name) ?? declaration.name;
	});
	app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
		// The page has the project's name as its heading.
		const [first] = project.readme ?? [];
		if (first !== undefined) first.text = first.text.replace(HEADING, "");
	});
}
