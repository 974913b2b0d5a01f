import type { JSHandle, Locator, Page } from "@playwright/test";

/** A file as a person drops it. */
export interface DroppedFile {
	readonly name: string;
	readonly type: string;
	readonly bytes: Uint8Array;
}

/** One pad of the instrument, as a person sees it. */
export class Pad {
	/** The pad's element; has the attribute `playing` while it sounds. */
	readonly element: Locator;
	/** What is pressed; its label tells number, key and sound. */
	readonly surface: Locator;
	readonly stage: Locator;
	/** Text such as "42%". */
	readonly percent: Locator;
	readonly progress: Locator;
	/** The inner part of the progress bar, as wide as the load is far. */
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
		this.reason = this.element.getByRole("alert");
		this.retry = this.element.getByRole("button", { name: "Retry" });
	}

	/** Presses in the middle, half way up, and lets go. */
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

	/** Opens the instrument as on a performer's first start, or with the pads that were left empty. */
	async open(start: "kit" | "empty"): Promise<void> {
		const choose = (choice: string) => localStorage.setItem("flitzis-looper.start", choice);
		if (start === "empty") await this.page.addInitScript(choose, start);
		await this.page.goto("/");
	}

	/** @param index - 0..31 */
	pad(index: number): Pad {
		return new Pad(this.page, index);
	}

	/** Takes files into the hand, so that dropping them takes no time. */
	async take(files: readonly DroppedFile[]): Promise<JSHandle<DataTransfer>> {
		const contents = files.map(({ name, type, bytes }) => ({
			name,
			type,
			base64: Buffer.from(bytes).toString("base64"),
		}));
		return await this.page.evaluateHandle((taken) => {
			const transfer = new DataTransfer();
			for (const { name, type, base64 } of taken) {
				const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
				transfer.items.add(new File([bytes], name, { type }));
			}
			return transfer;
		}, contents);
	}

	/** Drops what was taken onto an element, as from the desktop. */
	async dropTaken(dataTransfer: JSHandle<DataTransfer>, target: Locator): Promise<void> {
		const box = await target.boundingBox();
		if (box === null) throw new Error("What files are dropped on cannot be seen");
		const place = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
		for (const type of ["dragenter", "dragover", "drop"]) {
			await target.dispatchEvent(type, { ...place, dataTransfer, bubbles: true, composed: true, cancelable: true });
		}
		await dataTransfer.dispose();
	}

	/** Takes files and drops them onto an element. */
	async drop(files: readonly DroppedFile[], target: Locator): Promise<void> {
		await this.dropTaken(await this.take(files), target);
	}
}
