// Makes the declarations that the package ships: a file for each entry, with what callers can name and what that needs.
import { fileURLToPath } from "node:url";
import {
	CompilerState,
	Extractor,
	ExtractorConfig,
	ExtractorLogLevel,
	ExtractorMessageCategory,
} from "@microsoft/api-extractor";

const PACKAGE = fileURLToPath(new URL(".", import.meta.url));
const ENTRIES = ["index.browser", "index.node", "stream"];
/** What `tsc -p tsconfig.public.json` writes. */
const declarations = ENTRIES.map((entry) => `${PACKAGE}.build/public/${entry}.d.ts`);

const configs = ENTRIES.map((entry, index) =>
	ExtractorConfig.prepare({
		configObject: {
			projectFolder: PACKAGE,
			mainEntryPointFilePath: declarations[index] ?? "",
			newlineKind: "lf",
			compiler: {
				// Without the DOM's types and Node's: a public type that needs them cannot be followed.
				overrideTsconfig: {
					compilerOptions: { module: "nodenext", lib: ["es2022"], types: [], strict: true, skipLibCheck: true },
					files: declarations,
				},
			},
			dtsRollup: { enabled: true, untrimmedFilePath: `${PACKAGE}dist/types/${entry}.d.ts` },
		},
		configObjectFullPath: undefined,
		packageJsonFullPath: `${PACKAGE}package.json`,
	}),
);

/** @type {CompilerState | undefined} */
let compilerState;
for (const config of configs) {
	compilerState ??= CompilerState.create(config);
	const { succeeded } = Extractor.invoke(config, { compilerState, messageCallback: quieten });
	if (!succeeded)
		throw new Error(`${config.mainEntryPointFilePath} could not be rolled up. Mend what is listed above.`);
}

/** Leaves errors. @param {import("@microsoft/api-extractor").ExtractorMessage} message */
function quieten(message) {
	if (message.category === ExtractorMessageCategory.Console && message.logLevel !== ExtractorLogLevel.Error)
		message.handled = true;
}
