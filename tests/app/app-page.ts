import { expect, type JSHandle, type Locator, type Page } from "@playwright/test";

/** A file to drop. */
export interface DroppedFile {
	readonly name: string;
	readonly type: string;
	readonly bytes: Uint8Array;
}

/** One pad of the instrument, as a user sees it. */
export class Pad {
	/** The pad's element; has the attribute `playing` while it sounds. */
	readonly element: Locator;
	/** The part that is pressed; its label contains number, key and sound. */
	readonly surface: Locator;
	readonly stage: Locator;
	/** Text such as "42%". */
	readonly percent: Locator;
	readonly progress: Locator;
	/** The filled part of the progress bar. */
	readonly bar: Locator;
	/** Why a load failed. */
	readonly reason: Locator;
	readonly retry: Locator;

	constructor(page: Page, index: number) {
		this.element = page.locator(`looper-pad[index="${index}"]`);
		this.surface = this.element.getByRole("button", { name: new RegExp(`^Pad ${index + 1},`) });
		this.stage = this.element.locator(".stage");
		this.percent = this.element.locator(".percent");
		this.progress = this.element.getByRole("progressbar");
		this.bar = this.element.locator(".bar");
		this.reason = this.element.locator(".reason");
		this.retry = this.element.getByRole("button", { name: "Retry" });
	}

	/** Waits until the pad plays what it has loaded. */
	async untilLoaded(): Promise<void> {
		await expect(this.surface).not.toHaveAccessibleName(/empty/, { timeout: 30_000 });
		await expect(this.surface).toHaveAttribute("aria-busy", "false", { timeout: 30_000 });
	}

	/** Presses and releases the pad at its centre. */
	async strike(): Promise<void> {
		await this.surface.click();
	}
}

/** The instrument in a browser. */
export class AppPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** Opens the instrument as on the first start, or with empty pads. */
	async open(start: "demo" | "empty"): Promise<void> {
		const choose = (choice: string) => localStorage.setItem("flitzis-looper.start", choice);
		if (start === "empty") await this.page.addInitScript(choose, start);
		await this.page.goto("/");
	}

	/** @param index - 0..255; its bank has to be shown */
	pad(index: number): Pad {
		return new Pad(this.page, index);
	}

	/** Opens a pad's menu with its button. */
	async openMenu(index: number): Promise<void> {
		await this.pad(index)
			.element.getByRole("button", { name: `Menu of pad ${index + 1}` })
			.click();
	}

	/** Opens the panel with a pad's settings, by way of its menu. */
	async openSettings(index: number): Promise<Locator> {
		await this.openMenu(index);
		await this.page.getByRole("menuitem", { name: "Settings…" }).click();
		return this.page.getByRole("region", { name: `Pad ${index + 1}`, exact: true });
	}

	/** Prepares a drop, so that the drop itself takes no time. */
	async prepareDrop(files: readonly DroppedFile[]): Promise<JSHandle<DataTransfer>> {
		const contents = files.map(({ name, type, bytes }) => ({
			name,
			type,
			base64: Buffer.from(bytes).toString("base64"),
		}));
		return await this.page.evaluateHandle((prepared) => {
			const transfer = new DataTransfer();
			for (const { name, type, base64 } of prepared) {
				const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
				transfer.items.add(new File([bytes], name, { type }));
			}
			return transfer;
		}, contents);
	}

	/** Drops prepared files onto an element, as from the desktop. */
	async dropPrepared(dataTransfer: JSHandle<DataTransfer>, target: Locator): Promise<void> {
		const box = await target.boundingBox();
		if (box === null) throw new Error("The drop target is not visible.");
		const place = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
		for (const type of ["dragenter", "dragover", "drop"]) {
			await target.dispatchEvent(type, { ...place, dataTransfer, bubbles: true, composed: true, cancelable: true });
		}
		await dataTransfer.dispose();
	}

	/** Drops files onto an element. */
	async drop(files: readonly DroppedFile[], target: Locator): Promise<void> {
		await this.dropPrepared(await this.prepareDrop(files), target);
	}
}

/** Switches the loop of the pad on whose panel is open, if what was found in its sample has not done so. */
export async function switchLoopOn(panel: Locator): Promise<void> {
	await expect(panel.locator(".found").first()).toContainText("LUFS", { timeout: 60_000 });
	const loop = panel.getByRole("button", { name: "Loop", exact: true });
	if ((await loop.getAttribute("aria-pressed")) === "false") await loop.click();
}
