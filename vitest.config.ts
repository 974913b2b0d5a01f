import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["packages/**/*.test.ts", "scripts/**/*.test.ts", "apps/**/*.test.ts", "tests/**/*.test.ts"],
		testTimeout: 60_000,
		pool: "forks",
	},
});
