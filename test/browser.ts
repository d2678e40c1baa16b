import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTool } from '@sprout/process';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';

/** Debian's Chromium on an empty profile, offline but for this machine. */
export interface Browser {
  open(url: string): Promise<Page>;
  close(): Promise<void>;
}

export async function startBrowser(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'sprout-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findTool('chromium'),
    headless: true,
    viewport: { width: 1280, height: 860 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    open: async (url) => {
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** With `SPROUT_SCREENSHOTS=1`, keeps what the page shows where the documents show it. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  if (process.env['SPROUT_SCREENSHOTS'] !== '1') return;
  const folder = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
